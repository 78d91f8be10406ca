// A day is typed as 07/11/2022 or picked from a calendar (fetched when first opened). Forms send it as 2022-11-07, so that an
// address stays the same whoever made it; without script the server reads what was typed. Widgets: ui/forms.py.
import { place } from "./place.js";

const WRITTEN = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$|^(\d{2})(\d{2})(\d{4})$/;
const ADDRESS = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY = 86_400_000; // milliseconds

const shown = (iso) => iso.split("-").reverse().join("/");

// The day a box holds as 2022-11-07; "" when it is empty or no day.
function dayOf(field) {
  const [text] = field.value.trim().split(/\s+/);
  const [day, month, year] = (WRITTEN.exec(text)?.slice(1) ?? ADDRESS.exec(text)?.slice(1).reverse() ?? []).filter(Boolean);
  const at = new Date(Date.UTC(year, month - 1, day));
  const real = at.getUTCFullYear() === Number(year) && at.getUTCMonth() === month - 1 && at.getUTCDate() === Number(day);
  return real ? at.toISOString().slice(0, 10) : "";
}

function write(field, iso) {
  const [, ...time] = field.value.trim().split(/\s+/);
  field.value = field.dataset.date === "moment" ? `${shown(iso)} ${time.join(" ")}` : shown(iso);
}

function complaint(field) {
  const { min, max, wrong, outside } = field.dataset;
  const iso = dayOf(field);
  if (!iso) return field.value.trim() ? wrong : "";
  return (min && iso < min) || (max && iso > max) ? outside ?? wrong : "";
}

// Says below the box what is wrong with it, instead of what the server said, and keeps the form from being sent.
function tell(field, text) {
  const id = `${field.id}_error`;
  document.getElementById(id)?.remove();
  if (text) {
    const note = Object.assign(document.createElement("p"), { id, className: "invalid-feedback d-block", textContent: text });
    field.closest(".date-box").after(note);
  }
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other !== id);
  field.setAttribute("aria-describedby", [...others, ...(text ? [id] : [])].join(" "));
  field.setAttribute("aria-invalid", String(Boolean(text)));
  field.setCustomValidity(text);
}

const judge = (field) => tell(field, complaint(field));

function limit(field) {
  const iso = dayOf(field);
  const { min, max } = field.dataset;
  for (const step of field.closest(".date-box").querySelectorAll("[data-step]")) {
    step.disabled = !iso || (step.dataset.step < 0 ? iso <= min : iso >= max);
  }
}

function choose(field, iso) {
  write(field, iso);
  if (field.dataset.date === "moment") field.focus(); // the time is for a person to say
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

async function open(field) {
  const dialog = document.getElementById("lich");
  const calendar = dialog.querySelector("calendar-date");
  await import(dialog.dataset.module);
  Object.assign(calendar, { value: dayOf(field), min: field.dataset.min ?? "", max: field.dataset.max ?? "" });
  calendar.focusedDate = calendar.value || undefined;
  calendar.onchange = () => {
    dialog.close();
    choose(field, calendar.value);
  };
  await new Promise((done) => { setTimeout(done); }); // it turns to the month in several steps
  dialog.showModal();
  place(dialog, field.closest(".date-box"));
  calendar.focus();
}

const fieldBeside = (element) => element.closest(".date-box").querySelector("[data-date]");
const limitAll = (root) => root.querySelectorAll("[data-date]").forEach(limit);

// What was wrong goes as one begins to correct it: gone only on leaving the box, it would move a button away from under the press.
document.addEventListener("input", ({ target: field }) => {
  if (field.matches("[data-date][aria-invalid=true]")) tell(field, "");
});

document.addEventListener("change", ({ target: field }) => {
  if (!field.matches("[data-date]")) return;
  const iso = dayOf(field);
  if (iso) write(field, iso);
  judge(field);
  limit(field);
});

document.addEventListener("click", ({ target }) => {
  const step = target.closest("[data-step]");
  if (step) {
    const field = fieldBeside(step);
    choose(field, new Date(Date.parse(dayOf(field)) + DAY * step.dataset.step).toISOString().slice(0, 10));
  } else if (target.closest("[data-calendar]")) open(fieldBeside(target));
  else if (target.id === "lich") target.close(); // beside the calendar
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" || !event.altKey || !event.target.matches("[data-date]")) return;
  event.preventDefault();
  open(event.target);
});

// A form that is sent with a wrong day: the sentence below the box instead of the browser's bubble.
document.addEventListener("invalid", (event) => {
  if (!event.target.matches("[data-date]")) return;
  event.preventDefault();
  event.target.focus();
}, true);

document.addEventListener("formdata", ({ target: form, formData }) => {
  for (const field of form.elements) {
    if (field.dataset.date === "day" && dayOf(field)) formData.set(field.name, dayOf(field));
  }
});

document.addEventListener("DOMContentLoaded", () => limitAll(document));
document.addEventListener("htmx:load", ({ target }) => limitAll(target));
