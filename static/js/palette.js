// The search box over any page: Ctrl-K or its button opens it, arrows move through the answers, Enter opens one.
// The pattern is a combobox: the keyboard's focus stays in the box, aria-activedescendant names the chosen answer.

const palette = () => document.getElementById("palette");
const box = () => document.getElementById("palette-box");
const found = () => document.getElementById("palette-found");
const options = () => [...found().querySelectorAll("[role=option]")];
const chosen = () => found().querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) box().setAttribute("aria-activedescendant", option.id);
  else box().removeAttribute("aria-activedescendant");
}

function move(step) {
  const all = options();
  if (all.length) choose(all.at((all.indexOf(chosen()) + step) % all.length));
}

// Whether what is shown answers what stands in the box: Enter must never open the answer to an earlier question.
function current() {
  const asked = found().querySelector("[data-asked]")?.dataset.asked;
  return asked === box().value.trim().replace(/\s+/g, " ");
}

function show() {
  if (palette().open) return;
  palette().showModal();
  box().select();
  if (!current()) box().dispatchEvent(new Event("palette:ask"));
}

document.addEventListener("keydown", (event) => {
  if (!palette() || event.isComposing) return; // composing: Vietnamese input methods use these keys themselves
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (palette().open) palette().close();
    else show();
  } else if (event.target === box() && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.target === box() && event.key === "Enter" && current() && chosen()) {
    event.preventDefault();
    chosen().click();
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-palette-open]");
  if (opener && palette() && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show();
  } else if (event.target.closest("[data-palette-close]") || event.target === palette()) {
    palette().close();
  }
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target !== found()) return;
  const said = found().querySelector("[data-asked]");
  palette().querySelector("[data-palette-status]").textContent = said.innerText.trim();
  box().setAttribute("aria-expanded", String(options().length > 0));
  choose(options()[0]);
});
