// The upload form ([data-upload]): names the chosen file, shows how much of it has been sent, warns who would leave meanwhile.

const part = (form, name) => form.querySelector(`[data-upload-${name}]`);
let sending = null;

function megabytes(bytes) {
  return new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(bytes / 2 ** 20);
}

document.addEventListener("change", ({ target: field }) => {
  const form = field.closest("[data-upload]");
  if (!form || field.type !== "file" || !field.files.length) return;
  const [file] = field.files;
  part(form, "chosen").textContent = `${file.name} (${megabytes(file.size)} MB)`;
});

for (const [name, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, ({ target }) => target.closest?.(".upload-drop")?.toggleAttribute("data-over", over));
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!detail.elt.matches("[data-upload]")) return;
  sending = detail.elt;
  part(sending, "progress").hidden = false;
});

document.addEventListener("htmx:xhr:progress", ({ target: form, detail }) => {
  if (!form.matches?.("[data-upload]") || !detail.lengthComputable) return;
  const percent = Math.floor((100 * detail.loaded) / detail.total);
  const { sending: going, sent } = part(form, "said").dataset;
  part(form, "said").textContent = percent < 100 ? going : sent;
  part(form, "percent").textContent = percent < 100 ? `${percent} %` : "";
  const bar = form.querySelector("progress");
  if (percent < 100) bar.value = percent;
  else bar.removeAttribute("value");
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt !== sending) return;
  part(sending, "progress").hidden = true;
  sending = null;
});

window.addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});
