// A term is explained where it stands: pressing it shows its meaning, which is its title, in a note. Escape, another press or
// a press elsewhere puts the note away; the keyboard stays on the term.
import { place } from "./place.js";

const note = Object.assign(document.createElement("div"), { className: "term-note", popover: "manual", role: "status" });
let shown = null;

function hide() {
  if (!shown) return;
  shown.setAttribute("aria-expanded", "false");
  shown = null;
  note.hidePopover();
}

function show(term) {
  shown = term;
  term.setAttribute("aria-expanded", "true");
  document.body.append(note);
  note.showPopover();
  note.textContent = term.title;
  place(note, term);
}

document.addEventListener("click", ({ target }) => {
  if (note.contains(target)) return;
  const term = target.closest?.(".term");
  const again = term === shown;
  hide();
  if (term && !again) show(term);
});

document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") hide();
});
