// Which nodes stand where: squares over the plane, each with its nodes.

export interface Grid {
  readonly cell: number;
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  readonly start: Uint32Array;
  readonly nodes: Uint32Array;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const MOST_CELLS = 40_000;

export function makeGrid(x: Float32Array, y: Float32Array, present: Uint8Array): Grid {
  const box = extent(x, y, present);
  const area = Math.max(1, (box.right - box.left) * (box.bottom - box.top));
  const cell = Math.max(60, Math.sqrt(area / MOST_CELLS));
  const columns = Math.floor((box.right - box.left) / cell) + 1;
  const rows = Math.floor((box.bottom - box.top) / cell) + 1;
  const start = new Uint32Array(columns * rows + 1);
  const place = (n: number) => Math.floor((y[n] - box.top) / cell) * columns + Math.floor((x[n] - box.left) / cell);
  let count = 0;
  for (let n = 0; n < present.length; n += 1) {
    if (!present[n]) continue;
    start[place(n) + 1] += 1;
    count += 1;
  }
  for (let c = 0; c < columns * rows; c += 1) start[c + 1] += start[c];
  const next = start.slice();
  const nodes = new Uint32Array(count);
  for (let n = 0; n < present.length; n += 1) if (present[n]) nodes[next[place(n)]++] = n;
  return { cell, left: box.left, top: box.top, columns, rows, start, nodes };
}

export function extent(x: Float32Array, y: Float32Array, present: Uint8Array): Box {
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (let n = 0; n < present.length; n += 1) {
    if (!present[n]) continue;
    if (x[n] < left) left = x[n];
    if (x[n] > right) right = x[n];
    if (y[n] < top) top = y[n];
    if (y[n] > bottom) bottom = y[n];
  }
  return left > right ? { left: 0, top: 0, right: 0, bottom: 0 } : { left, top, right, bottom };
}

// Calls `visit` for the nodes of all squares that a box touches; some may stand a little outside.
export function near(grid: Grid, box: Box, visit: (node: number) => void): void {
  const clamp = (value: number, most: number) => Math.max(0, Math.min(most - 1, Math.floor(value / grid.cell)));
  const [first, last] = [clamp(box.left - grid.left, grid.columns), clamp(box.right - grid.left, grid.columns)];
  const [high, low] = [clamp(box.top - grid.top, grid.rows), clamp(box.bottom - grid.top, grid.rows)];
  for (let row = high; row <= low; row += 1) {
    for (let at = grid.start[row * grid.columns + first]; at < grid.start[row * grid.columns + last + 1]; at += 1) {
      visit(grid.nodes[at]);
    }
  }
}
