// Which labels are drawn, and where: one after the other in the order given, each where it covers no other.
import { ABOVE, BELOW, FREE, HIDDEN, LEFT, RIGHT } from "../arrange/arrangement";

export interface Wish {
  readonly id: number;
  // The mark on the screen, in pixels, and the size of the text.
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly width: number;
  readonly height: number;
  readonly side: number;
  // Drawn whatever is in its way.
  readonly must: boolean;
}

export interface Placed {
  readonly id: number;
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

const GAP = 3;
const CELL = 90;

export type Rect = readonly [left: number, top: number, right: number, bottom: number];

export class Room {
  private readonly cells = new Map<number, Rect[]>();

  // Free are only places within the bounds.
  constructor(private readonly bounds: Rect = [-1e9, -1e9, 1e9, 1e9]) {}

  take(rect: Rect): void {
    this.visit(rect, (key) => {
      const cell = this.cells.get(key);
      if (cell) cell.push(rect);
      else this.cells.set(key, [rect]);
      return false;
    });
  }

  isFree(rect: Rect): boolean {
    const [left, top, right, bottom] = this.bounds;
    if (rect[0] < left || rect[1] < top || rect[2] > right || rect[3] > bottom) return false;
    return !this.visit(rect, (key) =>
      (this.cells.get(key) ?? []).some((r) => rect[0] < r[2] && r[0] < rect[2] && rect[1] < r[3] && r[1] < rect[3]),
    );
  }

  private visit(rect: Rect, test: (key: number) => boolean): boolean {
    for (let column = Math.floor(rect[0] / CELL); column <= Math.floor(rect[2] / CELL); column += 1) {
      for (let row = Math.floor(rect[1] / CELL); row <= Math.floor(rect[3] / CELL); row += 1) {
        if (test(column * 4096 + row)) return true;
      }
    }
    return false;
  }
}

export function place(
  wishes: readonly Wish[],
  room: Room,
  before: ReadonlyMap<number, number> = new Map(),
  most = wishes.length,
): Placed[] {
  const placed: Placed[] = [];
  for (const wish of wishes) {
    if (placed.length >= most && !wish.must) continue;
    const sides = wish.side === FREE || wish.side === HIDDEN ? order(before.get(wish.id)) : [wish.side];
    for (const side of sides) {
      const rect = rectOf(wish, side);
      if (!wish.must && !room.isFree(rect)) continue;
      room.take(rect);
      placed.push({ id: wish.id, left: rect[0], top: rect[1], side });
      break;
    }
  }
  return placed;
}

// A label that was drawn stays where it was, if it can.
const SIDES = [BELOW, RIGHT, LEFT, ABOVE];
const order = (last: number | undefined): readonly number[] =>
  last === undefined ? SIDES : [last, ...SIDES.filter((side) => side !== last)];

function rectOf({ x, y, r, width, height }: Wish, side: number): Rect {
  const [left, top] =
    side === RIGHT
      ? [x + r + GAP + 2, y - height / 2]
      : side === LEFT
        ? [x - r - GAP - 2 - width, y - height / 2]
        : side === ABOVE
          ? [x - width / 2, y - r - GAP - height]
          : [x - width / 2, y + r + GAP];
  return [left, top, left + width, top + height];
}
