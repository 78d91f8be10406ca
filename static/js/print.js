// A button that opens the browser's print dialogue.

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-print]")) window.print();
});
