// How lines are drawn, and the heads where they arrive.
import { familyOfEdge, predicateOf } from "../graph";
import { DASHES, type Family, HEADS, WIDTHS } from "../kinds";
import { curveOf, radius, type Scene } from "../scene";
import { arrival, type Tracer, trace } from "./curves";

// Lines that are drawn alike.
export interface LineSet {
  readonly edges: readonly number[];
  readonly alpha: (family: Family) => number;
  // Times the usual width.
  readonly width: number;
  readonly dashed: boolean;
  readonly heads: boolean;
  // Straight where there are so many that a bend would not be seen.
  readonly curved: boolean;
}

// In pixels: how long a head is, and how thick its rim.
const LONG = 7.5;
export const RIM = 1.4;

// One path for each family: strokes cost more than what is in them.
export function strokeLines(pen: CanvasRenderingContext2D, scene: Scene, set: LineSet): void {
  const { palette, scale, graph } = scene;
  const lines = new Map<Family, Path2D>();
  const heads = new Map<Family, Path2D>();
  for (const edge of set.edges) {
    const family = familyOfEdge(graph, edge);
    traceLine(pathOf(lines, family), scene, edge, set.curved);
    if (set.heads) traceHead(pathOf(heads, family), scene, edge);
  }
  pen.lineCap = "butt";
  for (const [family, path] of lines) {
    pen.globalAlpha = set.alpha(family);
    pen.strokeStyle = palette[family];
    pen.lineWidth = (WIDTHS[family] * set.width) / scale;
    pen.setLineDash(set.dashed ? DASHES[family].map((length) => length / scale) : []);
    pen.stroke(path);
  }
  pen.setLineDash([]);
  pen.lineJoin = "miter";
  pen.lineWidth = RIM / scale;
  for (const [family, path] of heads) {
    pen.globalAlpha = set.alpha(family);
    pen.fillStyle = palette[family];
    pen.strokeStyle = palette[family];
    pen.fill(path, "nonzero");
    pen.stroke(path);
  }
  pen.globalAlpha = 1;
}

function pathOf(paths: Map<Family, Path2D>, family: Family): Path2D {
  let path = paths.get(family);
  if (!path) {
    path = new Path2D();
    paths.set(family, path);
  }
  return path;
}

export function traceLine(pen: Tracer, scene: Scene, edge: number, curved: boolean): void {
  if (curved) return trace(pen, curveOf(scene, edge));
  const { graph, x, y } = scene;
  pen.moveTo(x[graph.from[edge]], y[graph.from[edge]]);
  return pen.lineTo(x[graph.to[edge]], y[graph.to[edge]]);
}

// The head at the end of a line that has one; denied claims are crossed out instead.
export function traceHead(pen: Tracer, scene: Scene, edge: number): void {
  const { graph, scale } = scene;
  const head = HEADS[predicateOf(graph, edge)];
  if (head === "none" && !graph.denied[edge]) return;
  const gap = (radius(scene, graph.to[edge]) + 2.5) / scale;
  const { x, y, angle } = arrival(curveOf(scene, edge), gap);
  const at = (along: number, across: number): [number, number] => [
    x - (Math.cos(angle) * along - Math.sin(angle) * across) / scale,
    y - (Math.sin(angle) * along + Math.cos(angle) * across) / scale,
  ];
  if (graph.denied[edge]) {
    pen.moveTo(...at(4, 5));
    pen.lineTo(...at(12, -5));
    return;
  }
  pen.moveTo(...at(LONG, LONG * 0.42));
  pen.lineTo(x, y);
  pen.lineTo(...at(LONG, -LONG * 0.42));
  if (head === "arrow") pen.closePath();
  else pen.lineTo(x, y);
}
