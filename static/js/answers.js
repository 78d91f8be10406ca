// Answers that are not what was asked for are never swallowed. What went wrong is told among the messages of the page,
// which stays as it is (kontum_tthc/errors.py sends the words); a form's own refusal (422) goes where its answer goes;
// a whole page - the sign-in after a session's end, a selection that cannot be read - is opened as the page it is.

const region = () => document.querySelector("dialog[open] [data-messages]") ?? document.querySelector(".messages");
const words = () => document.querySelector(".messages[data-offline]").dataset;

function tell(text) {
  const note = document.createElement("p");
  note.className = "alert alert-danger";
  note.textContent = text;
  region().replaceChildren(note);
  show("no-answer");
}

function show(told) {
  region().dataset.told = told;
  region().scrollIntoView({ block: "nearest" });
}

// What polls by itself has no triggering event: it tells once, and does not move the page.
const asked = (detail) => Boolean(detail.requestConfig.triggeringEvent);
const silent = (detail) => !asked(detail) && "told" in region().dataset;

function open(detail) {
  if (detail.requestConfig.verb === "get" && asked(detail)) window.location.assign(detail.pathInfo.finalRequestPath);
  else window.location.reload();
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const page = /^\s*<!doctype/i.test(detail.xhr.responseText);
  if (page && (!detail.isError || detail.xhr.status === 422)) {
    detail.shouldSwap = false;
    open(detail);
  } else if (detail.xhr.getResponseHeader("HX-Retarget") && detail.isError) {
    detail.target = region();
    detail.shouldSwap = !silent(detail);
  } else if (detail.xhr.status === 422) {
    detail.shouldSwap = true;
    detail.isError = false;
  } else if (detail.isError && !silent(detail)) {
    tell(words().failed); // not from us: a proxy's page
  }
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target === region()) show("error");
});

document.addEventListener("htmx:sendError", ({ detail }) => {
  if (!silent(detail)) tell(words().offline);
});

// An answer means that there are answers again; an error stays to be read until somebody asks anew.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { told } = region().dataset;
  if (detail.successful && told && (told === "no-answer" || asked(detail))) {
    delete region().dataset.told;
    region().replaceChildren();
  }
});

document.addEventListener("htmx:historyCacheMissLoadError", () => window.location.reload());
