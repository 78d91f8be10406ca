// data-autosubmit: a filter form sends itself when a choice or date changes (text waits for Enter or the button).
// data-confirm: asks before a form with consequences is sent.
// data-toggle-password: shows or hides the password field it controls.

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("form[data-autosubmit] :is(select, [type=date], [type=radio], [type=checkbox])")) field.form.requestSubmit();
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
