// Nothing slow looks dead: what is being fetched is marked aria-busy (css shows it), and an answer that is no fragment -
// an error, or the sign-in page after a session's end - is opened as the page it is.

function mark(element, busy) {
  if (busy) element.setAttribute("aria-busy", "true");
  else element.removeAttribute("aria-busy");
}

// What polls by itself has no triggering event and stays quiet.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.requestConfig.triggeringEvent) mark(detail.target, true);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => mark(detail.target, false));

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const asked = detail.requestConfig.verb === "get" && detail.requestConfig.triggeringEvent;
  const page = /^\s*<!doctype/i.test(detail.xhr.responseText);
  if (page) detail.shouldSwap = false;
  if (asked && (page || detail.isError)) window.location.assign(detail.pathInfo.finalRequestPath);
  else if (page && !detail.isError) window.location.reload();
});

document.addEventListener("htmx:sendError", ({ detail }) => {
  if (!detail.requestConfig.triggeringEvent) return;
  const region = document.querySelector("[data-offline]");
  const note = document.createElement("p");
  note.className = "alert alert-danger";
  note.textContent = region.dataset.offline;
  region.replaceChildren(note);
  region.scrollIntoView({ block: "nearest" });
});

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.matches("form[data-autosubmit]")) mark(document.querySelector("main"), true);
});
window.addEventListener("pageshow", () => mark(document.querySelector("main"), false));
