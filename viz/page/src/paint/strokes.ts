// How lines are drawn on a canvas: one path for each kind, and heads where there is room for them.
import { familyOfEdge, type Graph, predicateOf } from "../graph";
import { DASHES, type Family, HEADS, WIDTHS } from "../kinds";
import { curveOf, radius, type Scene } from "../scene";
import { arrival, trace } from "./curves";

export type Batches = Map<Family, Path2D>;

export function batch(graph: Graph, batches: Batches, edge: number): Path2D {
  const family = familyOfEdge(graph, edge);
  let path = batches.get(family);
  if (!path) {
    path = new Path2D();
    batches.set(family, path);
  }
  return path;
}

export interface StrokeStyle {
  readonly alpha: (family: Family) => number;
  // Times the usual width.
  readonly width: number;
  readonly dashed: boolean;
}

export function strokeBatches(pen: CanvasRenderingContext2D, scene: Scene, batches: Batches, style: StrokeStyle): void {
  const { palette, scale } = scene;
  pen.lineCap = "butt";
  for (const [family, path] of batches) {
    pen.globalAlpha = style.alpha(family);
    pen.strokeStyle = palette[family];
    pen.lineWidth = (WIDTHS[family] * style.width) / scale;
    pen.setLineDash(style.dashed ? DASHES[family].map((length) => length / scale) : []);
    pen.stroke(path);
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

// Single lines, each with its head; denied claims are crossed out.
export function strokeEdges(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  edges: Iterable<number>,
  style: StrokeStyle,
  heads: boolean,
): void {
  const batches: Batches = new Map();
  const tips: Batches = new Map();
  for (const edge of edges) {
    const curve = curveOf(scene, edge);
    trace(batch(scene.graph, batches, edge), curve);
    if (heads) addHead(batch(scene.graph, tips, edge), scene, edge);
  }
  strokeBatches(pen, scene, batches, style);
  for (const [family, path] of tips) {
    pen.globalAlpha = style.alpha(family);
    pen.fillStyle = scene.palette[family];
    pen.strokeStyle = scene.palette[family];
    pen.lineWidth = 1.4 / scene.scale;
    pen.lineJoin = "miter";
    pen.fill(path, "nonzero");
    pen.stroke(path);
  }
  pen.globalAlpha = 1;
}

const LONG = 7.5;

function addHead(path: Path2D, scene: Scene, edge: number): void {
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
    path.moveTo(...at(4, 5));
    path.lineTo(...at(12, -5));
    return;
  }
  path.moveTo(...at(LONG, LONG * 0.42));
  path.lineTo(x, y);
  path.lineTo(...at(LONG, -LONG * 0.42));
  if (head === "arrow") path.closePath();
  else path.lineTo(x, y);
}
