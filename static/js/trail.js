// From a list to one of its dossiers and back. Pages are never stored by the browser, so what a list looked like when it was
// left - its address, how far it was scrolled, which dossiers it showed - is remembered here, for this tab alone.

const KEY = "trail";

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // storage is turned off: links lead to the plain list, as without script
  }
}

function remember(trail) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(trail));
  } catch {
    // see above
  }
}

const here = () => window.location.pathname + window.location.search;
const links = () => [...document.querySelectorAll("[data-trail] tbody th > a")];

// Leaving a list.
window.addEventListener("pagehide", () => {
  const found = links();
  if (!found.length) return;
  remember({ list: here(), scroll: window.scrollY, dossiers: found.map((link) => [link.getAttribute("href"), link.textContent]) });
});

// On a dossier: the way back, and the dossiers beside it.
function place(nav) {
  const { list, dossiers = [] } = remembered();
  const at = dossiers.findIndex(([href]) => new URL(href, window.location.href).pathname === window.location.pathname);
  if (at < 0) return;
  nav.querySelector("[data-trail-back]").href = list;
  point(nav.querySelector("[rel=prev]"), dossiers[at - 1]);
  point(nav.querySelector("[rel=next]"), dossiers[at + 1]);
  nav.querySelector("[data-trail-here]").textContent = nav.dataset.trailPlace.replace("{n}", at + 1).replace("{of}", dossiers.length);
  nav.querySelector("[hidden]").hidden = false;
}

function point(link, dossier) {
  link.hidden = !dossier;
  if (!dossier) return;
  link.href = dossier[0];
  link.querySelector("[data-code]").textContent = dossier[1];
}

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-trail-back]")) remember({ ...remembered(), seen: window.location.pathname });
});

// Back on the list: where it was left, the keyboard on the dossier one comes from.
function settle() {
  const trail = remembered();
  if (!trail.seen || trail.list !== here()) return;
  window.scrollTo(0, trail.scroll);
  const link = links().find((one) => one.pathname === trail.seen);
  link?.focus({ preventScroll: true });
  link?.closest("tr").setAttribute("data-seen", "");
  const box = link?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > window.innerHeight)) link.scrollIntoView({ block: "center" });
  remember({ ...trail, seen: undefined });
}

if (document.querySelector("input[name=login]")) remember({}); // somebody else may sign in now
document.querySelectorAll("[data-trail-place]").forEach(place);
settle();
