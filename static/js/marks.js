// Where the names of vertical marks stand above a plot: never cut at its edges, never over one another, and no
// mark's line runs through another's name. A name ends at its line, or begins there when the left edge is too near.

const GAP = 5;

function span({ x, width, left }) {
  return left ? [x - GAP, x + width + GAP] : [x - width - GAP, x + GAP];
}

function overlap(one, other) {
  return span(one)[0] < span(other)[1] && span(other)[0] < span(one)[1];
}

// A name whose beginning would be cut, or would run over the line of such a neighbour, begins at its line.
function turned(sorted, width) {
  let edge = 0;
  return sorted.map((mark) => {
    const left = mark.x - mark.width < edge && mark.x + mark.width < width;
    if (left) edge = mark.x + GAP;
    return { ...mark, left, level: 0 };
  });
}

// marks: {name, x, width} in pixels; answers them with left (the name begins at its line) and level (0 is next to
// the plot). Names that end at their lines rise to the right, the others to the left: so the lines pass beside them.
export function placed(marks, width) {
  const found = turned([...marks].sort((one, other) => one.x - other.x), width);
  const order = [...found.filter((mark) => !mark.left), ...found.filter((mark) => mark.left).reverse()];
  for (const [i, mark] of order.entries()) {
    const below = order.slice(0, i).filter((other) => overlap(mark, other));
    mark.level = 1 + Math.max(-1, ...below.map((other) => other.level));
  }
  return found;
}
