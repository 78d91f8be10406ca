// data-autosubmit: a filter form sends itself when a choice or date is chosen (text waits for Enter or the button).
// data-confirm: asks before a form with consequences is sent.
// data-toggle-password: shows or hides the password field it controls.

const CHOICE = "form[data-autosubmit] :is(select, [type=date], [type=radio], [type=checkbox])";

document.addEventListener("change", ({ target: field }) => {
  if (field.matches(CHOICE) && !("typed" in field.dataset)) field.form.requestSubmit();
});

// A date that is being typed changes with every figure; it is sent when left, or with Enter.
document.addEventListener("keydown", ({ target: field, key }) => {
  if (field.matches("form[data-autosubmit] [type=date]") && key !== "Tab" && key !== "Enter") field.dataset.typed = field.dataset.typed ?? field.value;
});

document.addEventListener("focusout", ({ target: field }) => {
  if (!("typed" in field.dataset)) return;
  const before = field.dataset.typed;
  delete field.dataset.typed;
  if (field.value !== before) field.form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle-password]");
  if (!button) return;
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
});

// Empty choices stay out of the address, so that a list's address says only what was chosen.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form[method=get]")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});
