// Puts something that floats beside what it belongs to: below it, above where there is no room below, never past the edges.

const GAP = 4; // pixels

export function place(floating, beside) {
  const { left, top, bottom } = beside.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const below = window.innerHeight - bottom >= height + GAP || top < height + GAP;
  const x = Math.max(GAP, Math.min(left, document.documentElement.clientWidth - width - GAP));
  floating.style.left = `${window.scrollX + x}px`;
  floating.style.top = `${window.scrollY + (below ? bottom + GAP : top - height - GAP)}px`;
}
