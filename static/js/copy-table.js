// data-copy-table: copies the table that follows the button, as text between tabs and as a table, and says so.
// Figures go out as a spreadsheet reads them in any language: 1321 for 1.321, -12 for a fall by 12.
import { say } from "./status.js";

const GROUPED = { vi: /^\d{1,3}(\.\d{3})+$/, en: /^\d{1,3}(,\d{3})+$/ };
const SILENT = ".visually-hidden, svg, .icon, button.no-print";

function figure(text) {
  const [, sign, digits] = /^([+−-]?)(.*)$/.exec(text);
  const plain = GROUPED[document.documentElement.lang].test(digits) ? digits.replace(/[.,]/g, "") : digits;
  if (!/^\d+$/.test(plain)) return text;
  return sign && sign !== "+" ? `-${plain}` : plain;
}

function words(cell) {
  const copy = cell.cloneNode(true);
  for (const part of copy.querySelectorAll(SILENT)) part.remove();
  for (const part of copy.querySelectorAll("br, li, small, .system")) part.prepend(" ");
  const text = copy.textContent.replace(/\s+/g, " ").trim();
  const drawing = cell.querySelector("svg[role=img]");
  return text ? figure(text) : drawing?.getAttribute("aria-label") ?? drawing?.querySelector("title")?.textContent ?? "";
}

function grid(table) {
  return [...table.rows].map((row) => [...row.cells].flatMap((cell) => [words(cell), ...Array(cell.colSpan - 1).fill("")]));
}

function markup(rows) {
  const table = document.createElement("table");
  for (const row of rows) {
    const line = table.insertRow();
    for (const text of row) line.insertCell().textContent = text;
  }
  return table.outerHTML;
}

// The old way: it needs no permission and works where the connection is not secure.
function put(contents) {
  document.addEventListener("copy", (event) => {
    event.preventDefault();
    for (const [type, text] of Object.entries(contents)) event.clipboardData.setData(type, text);
  }, { once: true });
  return document.execCommand("copy");
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-copy-table]");
  if (!button) return;
  const follows = (table) => button.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING;
  const table = [...document.querySelectorAll("table")].find(follows);
  const rows = grid(table);
  const done = put({ "text/plain": rows.map((row) => row.join("\t")).join("\r\n"), "text/html": markup(rows) });
  if (done) say(button.dataset.copied.replace("{n}", table.tBodies[0].rows.length));
});
