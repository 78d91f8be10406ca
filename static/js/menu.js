// The collapsible menu and the drop-downs: without script everything is simply open or a native <details>.

function toggleTarget(button) {
  const target = document.getElementById(button.getAttribute("aria-controls"));
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  target.toggleAttribute("data-open", open);
}

function dismiss(except) {
  for (const details of document.querySelectorAll("details[data-dismissable][open]")) {
    if (!details.contains(except)) details.open = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle-target]");
  if (button) toggleTarget(button);
  dismiss(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest("details[data-dismissable][open]");
  dismiss(null);
  open?.querySelector("summary").focus();
});
