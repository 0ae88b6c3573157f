// Columns of boxes from left to right with lines between them: few crossings, level lines, nothing on top of anything.
// After Sugiyama, Tagawa and Toda (1981); heights by isotonic regression, which keeps the order and the distances.

export interface Layered {
  // Of each box: the height of its middle.
  readonly y: readonly number[];
  // Of each line that crosses columns: its heights there, from the one after its start to the one before its end.
  readonly between: readonly (readonly number[])[];
}

interface Slot {
  readonly box: number; // -1 where a line passes
  readonly left: number[]; // neighbours in the column before, as indices into slots
  readonly right: number[];
  order: number;
  y: number;
}

const PASSING = 16;
const SWEEPS = 14;

// `column` and `lines` say where boxes stand and which are linked, the left end first; `gap` is between two boxes.
export function layer(column: readonly number[], lines: readonly (readonly [number, number])[], gap: number): Layered {
  const slots: Slot[] = column.map((_, box) => ({ box, left: [], right: [], order: 0, y: 0 }));
  const places = column.slice();
  const passing = lines.map(([a, b]) => {
    const through: number[] = [];
    let last = a;
    for (let c = column[a] + 1; c <= column[b]; c += 1) {
      const next = c === column[b] ? b : slots.push({ box: -1, left: [], right: [], order: 0, y: 0 }) - 1;
      if (next >= places.length) places.push(c);
      slots[last].right.push(next);
      slots[next].left.push(last);
      if (next !== b) through.push(next);
      last = next;
    }
    return through;
  });
  const columns = group(slots, places);
  settleOrder(slots, columns);
  settleHeights(slots, columns, gap);
  return {
    y: column.map((_, box) => slots[box].y),
    between: passing.map((through) => through.map((slot) => slots[slot].y)),
  };
}

function group(slots: readonly Slot[], places: readonly number[]): number[][] {
  const columns: number[][] = [];
  for (let s = 0; s < slots.length; s += 1) {
    while (columns.length <= places[s]) columns.push([]);
    columns[places[s]].push(s);
  }
  return columns;
}

function settleOrder(slots: Slot[], columns: number[][]): void {
  const count = (column: readonly number[]) => {
    for (const [n, slot] of column.entries()) slots[slot].order = n;
  };
  const number = () => columns.forEach(count);
  number();
  let best = columns.map((column) => column.slice());
  let fewest = crossings(slots, columns);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const side = sweep % 2 ? "right" : "left";
    for (const column of sweep % 2 ? columns.slice().reverse() : columns) {
      const middle = new Map(column.map((slot) => [slot, centre(slots, slots[slot][side]) ?? slots[slot].order]));
      column.sort((a, b) => middle.get(a)! - middle.get(b)! || slots[a].order - slots[b].order);
      count(column);
    }
    const now = crossings(slots, columns);
    if (now < fewest) [fewest, best] = [now, columns.map((column) => column.slice())];
  }
  columns.splice(0, columns.length, ...best);
  number();
}

function centre(slots: readonly Slot[], of: readonly number[]): number | null {
  return of.length ? of.reduce((sum, slot) => sum + slots[slot].order, 0) / of.length : null;
}

function crossings(slots: readonly Slot[], columns: readonly number[][]): number {
  let count = 0;
  for (const column of columns) {
    const ends: number[] = [];
    for (const slot of column) {
      const right = slots[slot].right.map((other) => slots[other].order).sort((a, b) => a - b);
      for (const end of right) for (const before of ends) count += Number(before > end);
      ends.push(...right);
    }
  }
  return count;
}

function settleHeights(slots: Slot[], columns: readonly number[][], gap: number): void {
  for (const column of columns) stack(slots, column, gap, (slot) => slots[slot].y);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forth = sweep % 2 === 0;
    for (const column of forth ? columns : columns.slice().reverse()) {
      stack(slots, column, gap, (slot) => {
        const near = [...slots[slot].left, ...slots[slot].right];
        return near.length ? near.reduce((sum, other) => sum + slots[other].y, 0) / near.length : slots[slot].y;
      });
    }
  }
}

// Moves the slots of a column as near to where they want to be as their order and distances allow.
function stack(slots: Slot[], column: readonly number[], gap: number, wish: (slot: number) => number): void {
  const offsets: number[] = [];
  let offset = 0;
  column.forEach((slot, n) => {
    if (n) offset += (size(slots[column[n - 1]], gap) + size(slots[slot], gap)) / 2;
    offsets.push(offset);
  });
  const wishes = column.map((slot, n) => wish(slot) - offsets[n]);
  const weights = column.map((slot) => (slots[slot].box < 0 ? 3 : 1)); // lines that pass like to be level
  for (const [n, base] of isotonic(wishes, weights).entries()) slots[column[n]].y = base + offsets[n];
}

const size = (slot: Slot, gap: number): number => (slot.box < 0 ? PASSING : gap);

// The non-decreasing sequence that is nearest to `wishes`: pool adjacent violators.
export function isotonic(wishes: readonly number[], weights: readonly number[]): number[] {
  const pools: { value: number; weight: number; length: number }[] = [];
  wishes.forEach((value, n) => {
    let pool = { value, weight: weights[n], length: 1 };
    while (pools.length && pools[pools.length - 1].value > pool.value) {
      const last = pools.pop()!;
      const weight = last.weight + pool.weight;
      pool = {
        value: (last.value * last.weight + pool.value * pool.weight) / weight,
        weight,
        length: last.length + pool.length,
      };
    }
    pools.push(pool);
  });
  return pools.flatMap((pool) => Array<number>(pool.length).fill(pool.value));
}
