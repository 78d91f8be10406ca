// Nothing slow looks dead: what is being fetched is marked aria-busy (css shows it).

function mark(element, busy) {
  if (busy) element.setAttribute("aria-busy", "true");
  else element.removeAttribute("aria-busy");
}

// What polls by itself has no triggering event and stays quiet.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.requestConfig.triggeringEvent) mark(detail.requestConfig.target, true);
});
// Not detail.target: an error goes elsewhere than what was asked for.
document.addEventListener("htmx:afterRequest", ({ detail }) => mark(detail.requestConfig.target, false));

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.matches("form[data-autosubmit]")) mark(document.querySelector("main"), true);
});
window.addEventListener("pageshow", () => mark(document.querySelector("main"), false));
