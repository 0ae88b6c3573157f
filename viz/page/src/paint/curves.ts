// Lines as cubic Bézier curves: one starting point, then two controls and an end for each piece.

export type Curve = readonly number[];

// What can be drawn on: a canvas, or the writer of an SVG path.
export interface Tracer {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void;
  closePath(): void;
}

export function trace(pen: Tracer, curve: Curve): void {
  pen.moveTo(curve[0], curve[1]);
  for (let at = 2; at < curve.length; at += 6) {
    pen.bezierCurveTo(curve[at], curve[at + 1], curve[at + 2], curve[at + 3], curve[at + 4], curve[at + 5]);
  }
}

// A gentle bend to the right of the direction, as a share of the length; parallel lines bend differently.
export function bent(ax: number, ay: number, bx: number, by: number, bend: number): Curve {
  const nx = (by - ay) * bend;
  const ny = (ax - bx) * bend;
  return [
    ax,
    ay,
    ax + (bx - ax) / 3 + nx,
    ay + (by - ay) / 3 + ny,
    ax + ((bx - ax) * 2) / 3 + nx,
    ay + ((by - ay) * 2) / 3 + ny,
    bx,
    by,
  ];
}

// From left to right through points, leaving and reaching each of them level.
export function level(...points: readonly (readonly [number, number])[]): Curve {
  const curve: number[] = [points[0][0], points[0][1]];
  for (let n = 1; n < points.length; n += 1) {
    const [ax, ay] = points[n - 1];
    const [bx, by] = points[n];
    const half = (bx - ax) / 2;
    curve.push(ax + half, ay, bx - half, by, bx, by);
  }
  return curve;
}

export const backwards = (curve: Curve): Curve => {
  const points: number[][] = [];
  for (let at = 0; at < curve.length; at += 2) points.push([curve[at], curve[at + 1]]);
  return points.reverse().flat();
};

// A bow beside a column, between two places above each other.
export const bow = (x: number, ay: number, by: number, depth: number): Curve => [
  x,
  ay,
  x + depth,
  ay + (by - ay) * 0.15,
  x + depth,
  by - (by - ay) * 0.15,
  x,
  by,
];

// A loop beside a mark, for what is related to itself.
export const loop = (x: number, y: number, size: number): Curve => [
  x,
  y,
  x + size * 2.2,
  y - size * 3.2,
  x - size * 2.2,
  y - size * 3.2,
  x,
  y,
];

const cubic = (a: number, b: number, c: number, d: number, t: number): number => {
  const u = 1 - t;
  return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
};

// The point of piece `piece` at t, 0 to 1.
export function pointAt(curve: Curve, piece: number, t: number): readonly [number, number] {
  const at = 6 * piece;
  return [
    cubic(curve[at], curve[at + 2], curve[at + 4], curve[at + 6], t),
    cubic(curve[at + 1], curve[at + 3], curve[at + 5], curve[at + 7], t),
  ];
}

export const pieces = (curve: Curve): number => (curve.length - 2) / 6;

export function middle(curve: Curve): readonly [number, number] {
  const count = pieces(curve);
  return count % 2 ? pointAt(curve, (count - 1) / 2, 0.5) : pointAt(curve, count / 2, 0);
}

const STEPS = 12;

// The distance of a point from a curve.
export function distanceTo(curve: Curve, x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  let [ax, ay] = [curve[0], curve[1]];
  for (let piece = 0; piece < pieces(curve); piece += 1) {
    for (let step = 1; step <= STEPS; step += 1) {
      const [bx, by] = pointAt(curve, piece, step / STEPS);
      nearest = Math.min(nearest, fromSegment(x, y, ax, ay, bx, by));
      [ax, ay] = [bx, by];
    }
  }
  return nearest;
}

function fromSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const long = dx * dx + dy * dy;
  const t = long === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / long));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

// Where a line that ends in a mark of radius `gap` reaches its rim, and the direction in which it arrives.
export function arrival(curve: Curve, gap: number): { x: number; y: number; angle: number } {
  const last = pieces(curve) - 1;
  const [ex, ey] = pointAt(curve, last, 1);
  let [low, high] = [0, 1];
  for (let round = 0; round < 12; round += 1) {
    const t = (low + high) / 2;
    const [x, y] = pointAt(curve, last, t);
    if (Math.hypot(ex - x, ey - y) > gap) low = t;
    else high = t;
  }
  const [x, y] = pointAt(curve, last, low);
  const [bx, by] = pointAt(curve, last, Math.max(0, low - 0.06));
  return { x, y, angle: Math.atan2(y - by, x - bx) };
}

export function bounds(curve: Curve): { left: number; top: number; right: number; bottom: number } {
  const box = { left: curve[0], top: curve[1], right: curve[0], bottom: curve[1] };
  for (let at = 0; at < curve.length; at += 2) {
    box.left = Math.min(box.left, curve[at]);
    box.right = Math.max(box.right, curve[at]);
    box.top = Math.min(box.top, curve[at + 1]);
    box.bottom = Math.max(box.bottom, curve[at + 1]);
  }
  return box;
}

type Project = (x: number, y: number) => readonly [number, number];

// Writes the same curves as the d of an SVG path, whose points are where `project` takes them.
export class PathWriter implements Tracer {
  private d = "";
  constructor(private readonly project: Project = (x, y) => [x, y]) {}
  moveTo(x: number, y: number): void {
    this.d += `M${this.point(x, y)}`;
  }
  lineTo(x: number, y: number): void {
    this.d += `L${this.point(x, y)}`;
  }
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.d += `C${this.point(ax, ay)} ${this.point(bx, by)} ${this.point(x, y)}`;
  }
  closePath(): void {
    this.d += "Z";
  }
  toString(): string {
    return this.d;
  }
  private point(x: number, y: number): string {
    return this.project(x, y).map(short).join(" ");
  }
}

export const short = (number: number): string => String(Math.round(number * 100) / 100);
