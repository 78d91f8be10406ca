// data-autosubmit: a filter form sends itself when a choice or date is chosen (text waits for Enter or the button).
// data-confirm: asks before a form with consequences is sent.
// data-toggle-password: shows or hides the password field it controls.

import "./dates.js"; // judges a day before it is sent

const CHOICE = "form[data-autosubmit] :is(select, [data-date], [type=radio], [type=checkbox])";
let entering = false; // Enter in a box of days sends its form by itself

document.addEventListener("keydown", ({ target, key }) => {
  entering = key === "Enter" && target.matches("[data-date]");
});
document.addEventListener("keyup", () => {
  entering = false;
});

document.addEventListener("change", ({ target: field }) => {
  if (field.matches(CHOICE) && field.validity.valid && !entering) field.form.requestSubmit();
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
