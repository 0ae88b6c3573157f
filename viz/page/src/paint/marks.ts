// The mark of each type of thing: a shape of its own, so that nobody needs to tell colours apart.
import { TYPES } from "../kinds";
import type { Pictured } from "../view";
import { PathWriter, type Tracer } from "./curves";

type Drawer = (pen: Tracer, x: number, y: number, r: number) => void;

const polygon =
  (...points: readonly (readonly [number, number])[]): Drawer =>
  (pen, x, y, r) => {
    points.forEach(([px, py], n) => {
      if (n) pen.lineTo(x + px * r, y + py * r);
      else pen.moveTo(x + px * r, y + py * r);
    });
    pen.closePath();
  };

// How far the controls of a quarter of a circle stand from its ends.
const K = 0.5523;
function circle(pen: Tracer, x: number, y: number, r: number): void {
  const k = K * r;
  pen.moveTo(x + r, y);
  pen.bezierCurveTo(x + r, y + k, x + k, y + r, x, y + r);
  pen.bezierCurveTo(x - k, y + r, x - r, y + k, x - r, y);
  pen.bezierCurveTo(x - r, y - k, x - k, y - r, x, y - r);
  pen.bezierCurveTo(x + k, y - r, x + r, y - k, x + r, y);
  pen.closePath();
}

// The hole runs the other way round, so that filling leaves it out.
function hole(pen: Tracer, x: number, y: number, r: number): void {
  const k = K * r;
  pen.moveTo(x + r, y);
  pen.bezierCurveTo(x + r, y - k, x + k, y - r, x, y - r);
  pen.bezierCurveTo(x - k, y - r, x - r, y - k, x - r, y);
  pen.bezierCurveTo(x - r, y + k, x - k, y + r, x, y + r);
  pen.bezierCurveTo(x + k, y + r, x + r, y + k, x + r, y);
  pen.closePath();
}

const DRAWERS: readonly Drawer[] = [
  polygon([-0.78, -1], [0.3, -1], [0.78, -0.5], [0.78, 1], [-0.78, 1]), // a page with a folded corner
  circle,
  (pen, x, y, r) => {
    circle(pen, x, y, r * 1.05);
    hole(pen, x, y, r * 0.45);
  },
  polygon([-0.95, 0.9], [-0.95, -0.25], [0, -1.05], [0.95, -0.25], [0.95, 0.9]), // a house
  polygon([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]), // a chip
  polygon([0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]),
  polygon([-0.55, -0.95], [0.55, -0.95], [1.1, 0], [0.55, 0.95], [-0.55, 0.95], [-1.1, 0]),
  polygon([0, -1.1], [1.05, 0.8], [-1.05, 0.8]),
];

export function drawMark(pen: Tracer, type: number, x: number, y: number, r: number): void {
  DRAWERS[type](pen, x, y, r);
}

export function markPath(type: number, x: number, y: number, r: number): string {
  const writer = new PathWriter();
  drawMark(writer, type, x, y, r);
  return writer.toString();
}

// Radii in pixels at scale 1: the better known, the larger, by area.
const BASES = TYPES.map((name) => (name === "Paper" ? 3.4 : name === "Person" ? 3.8 : name === "Topic" ? 4.2 : 4.8));
// In rows that stand close, marks must not reach those above and below.
const LARGEST: Partial<Record<Pictured, number>> = { focus: 10.5, lineage: 12.5, timeline: 8.2 };
export const baseRadius = (show: Pictured, type: number, weight: number): number =>
  Math.min(LARGEST[show] ?? Number.POSITIVE_INFINITY, BASES[type] + Math.min(11, 1.55 * Math.sqrt(weight)));

// Marks grow more slowly than the picture, so that an overview still shows them.
export const zoomOf = (scale: number): number => Math.sqrt(Math.min(2.6, Math.max(0.02, scale)));
