// Tables. A text cut to two lines shows all of itself where the pointer rests, so the page need not carry it twice.

document.addEventListener("pointerover", ({ target }) => {
  const cut = target.closest?.(".col-procedure > div");
  if (cut && !cut.title && cut.scrollHeight > cut.clientHeight) cut.title = cut.textContent;
});
