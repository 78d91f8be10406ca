// data-picks="name" on a form: boxes of that name belong to it. data-pick-all ticks all of them, data-pick-count says how many.

function boxes(form) {
  return [...form.elements].filter((box) => box.name === form.dataset.picks && box.type === "checkbox");
}

function count(form) {
  const all = boxes(form);
  const picked = all.filter((box) => box.checked).length;
  const place = form.querySelector("[data-pick-count]");
  if (place) place.textContent = picked ? `(${picked})` : "";
  const whole = form.querySelector("[data-pick-all]");
  if (!whole) return;
  whole.checked = picked > 0 && picked === all.length;
  whole.indeterminate = picked > 0 && picked < all.length;
}

document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.picks) return;
  if (target.matches("[data-pick-all]")) for (const box of boxes(form)) box.checked = target.checked;
  count(form);
});

// The browser may bring ticks back with the page.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-picks]").forEach(count));
