// One line at the foot of the window that says what was just done, and goes by itself (templates/ui/status_line.html).

const SHOWN = 5000; // milliseconds: long enough to read, in nobody's way
let timer;

export function say(text) {
  const line = document.querySelector("[data-status-line]");
  line.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => line.replaceChildren(), SHOWN);
}
