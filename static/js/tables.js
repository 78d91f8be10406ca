// Tables: what is cut shows itself, a card's cells say what they are, and the menu of columns writes one short word.

// A text cut to two lines shows all of itself where the pointer rests, so the page need not carry it twice.
document.addEventListener("pointerover", ({ target }) => {
  const cut = target.closest?.(".col-procedure > div");
  if (cut && !cut.title && cut.scrollHeight > cut.clientHeight) cut.title = cut.textContent;
});

// On a phone a row is a card without heads: what the head says once for all rows, its cells then say themselves.
const phone = matchMedia("(width < 768px)");

function label() {
  if (!phone.matches) return;
  for (const table of document.querySelectorAll("table:has(th[data-brief])")) {
    const briefs = [...table.tHead.rows[0].cells].map((head) => head.dataset.brief);
    for (const row of [...table.tBodies, table.tFoot].flatMap((part) => [...(part?.rows ?? [])])) {
      briefs.forEach((brief, place) => brief && (row.cells[place].dataset.label = brief));
    }
  }
}

phone.addEventListener("change", label);
document.addEventListener("htmx:load", label);
label();

// cot=code,agency instead of cot=code&cot=agency, and nothing when the usual columns are ticked.
document.addEventListener("formdata", ({ target: form, formData }) => {
  const menu = document.querySelector("[data-columns]");
  if (!menu || !formData.has("cot")) return;
  const boxes = [...form.elements].filter((box) => box.name === "cot" && box.checked);
  const word = boxes.map((box) => box.value).join(",");
  if (word === menu.dataset.columns) formData.delete("cot");
  else formData.set("cot", word);
});

// The menu closes as it is applied; the focus stays with it.
document.addEventListener("submit", ({ submitter }) => {
  const menu = submitter?.closest("details.menu");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
