// A button that copies what a field holds: data-copy names the field, data-copied says that it is done. Where the browser
// lets nobody copy, the field is left selected.

async function copied(field) {
  field.select();
  if (!navigator.clipboard) return document.execCommand("copy");
  await navigator.clipboard.writeText(field.value);
  return true;
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (!button || !(await copied(document.getElementById(button.dataset.copy)))) return;
  button.querySelector("[aria-live]").textContent = button.dataset.copied;
});
