// Tables: what is cut shows itself, and the menu of columns writes one short word.

// A text cut to two lines shows all of itself where the pointer rests, so the page need not carry it twice.
document.addEventListener("pointerover", ({ target }) => {
  const cut = target.closest?.(".col-procedure > div");
  if (cut && !cut.title && cut.scrollHeight > cut.clientHeight) cut.title = cut.textContent;
});

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
