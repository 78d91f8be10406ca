// From a page to a list, from the list to a dossier, and back. Pages are never stored by the browser, so where each was left -
// its address, how far it was scrolled, which dossiers a list showed - is remembered here, for this tab alone.

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
const list = document.querySelector("[data-trail]");
const dossier = document.querySelector("[data-trail-place]");
const links = () => [...list.querySelectorAll("tbody th > a")];

window.addEventListener("pagehide", () => {
  const left = { address: here(), scroll: window.scrollY };
  if (list) left.dossiers = links().map((link) => [link.getAttribute("href"), link.textContent]);
  else left.title = document.querySelector("h1")?.textContent;
  if (!dossier) remember({ ...remembered(), [list ? "list" : "page"]: left });
});

// On a list: the way back to the page whose figure led here. Filtering, paging and visits to dossiers do not lose it.
function showOrigin(nav) {
  const { page, origin } = remembered();
  const before = document.referrer.replace(window.location.origin, "");
  const kept = before.startsWith(window.location.pathname) ? origin : undefined;
  const from = page && page.address === before ? page : kept;
  remember({ ...remembered(), origin: from });
  if (!from) return;
  const link = nav.querySelector("a");
  link.href = from.address;
  link.querySelector("[data-text]").textContent = nav.dataset.trailFrom.replace("{page}", from.title);
  link.addEventListener("click", () => remember({ ...remembered(), back: from }));
  nav.hidden = false;
}

// On a dossier: the way back to the list, and the dossiers beside it.
function showPlace(nav) {
  const { address, scroll, dossiers = [] } = remembered().list ?? {};
  const at = dossiers.findIndex(([href]) => new URL(href, window.location.href).pathname === window.location.pathname);
  if (at < 0) return;
  const link = nav.querySelector("[data-trail-back]");
  link.href = address;
  link.addEventListener("click", () => remember({ ...remembered(), back: { address, scroll, seen: window.location.pathname } }));
  point(nav.querySelector("[rel=prev]"), dossiers[at - 1]);
  point(nav.querySelector("[rel=next]"), dossiers[at + 1]);
  nav.querySelector("[data-trail-here]").textContent = nav.dataset.trailPlace.replace("{n}", at + 1).replace("{of}", dossiers.length);
  nav.querySelector("[hidden]").hidden = false;
}

function point(link, neighbour) {
  link.hidden = !neighbour;
  if (!neighbour) return;
  link.href = neighbour[0];
  link.querySelector("[data-code]").textContent = neighbour[1];
}

// Back where one was: as far down, in a list with the keyboard on the dossier one comes from.
function settle() {
  const { back, ...trail } = remembered();
  remember(trail);
  if (back?.address !== here()) return;
  window.scrollTo(0, back.scroll);
  const link = list && links().find((one) => one.pathname === back.seen);
  if (!link) return;
  link.focus({ preventScroll: true });
  link.closest("tr").setAttribute("data-seen", "");
  const box = link.getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight) link.scrollIntoView({ block: "center" });
}

if (document.querySelector("input[name=login]")) remember({}); // somebody else may sign in now
document.querySelectorAll("[data-trail-from]").forEach(showOrigin);
if (dossier) showPlace(dossier);
settle();
