// Whatever does not change from frame to frame, drawn once for a view, a little at a time, and then only copied.
import { familyOfEdge } from "../graph";
import { type Box, near } from "../grid";
import { type Family, TYPES } from "../kinds";
import { ASIDE, curveOf, edgesAreLive, isAside, radius, type Scene } from "../scene";
import { trace } from "./curves";
import { drawMark } from "./marks";
import { type Bundle, bundles, drawBundles, drawRegions } from "./regions";
import { type Batches, batch, strokeBatches } from "./strokes";

export interface Picture {
  readonly canvas: HTMLCanvasElement;
  readonly view: Box;
  readonly scale: number;
  // Whether lines between regions are bundled, and lines left out to keep it readable.
  readonly bundled: boolean;
  readonly leftOut: number;
}

export interface Order {
  readonly view: Box;
  readonly scale: number;
  // Pixels of the canvas for a pixel of the page.
  readonly density: number;
  // Nodes that the engine draws itself.
  readonly owned: ReadonlySet<number>;
}

const MOST_LINES = 9_000;
// Up to here lines between regions are drawn one by one.
const MOST_BETWEEN = 260;
// Of what builds on what so many lines are never bundled away: it is what people look for.
const MOST_KEPT = 120;
const MOST_CURVED = 1_600;
const AT_A_TIME = 2_500;

// Yields between pieces of the work, each of which a browser without a graphics card can draw between two frames.
export function* drawPicture(present: Scene, order: Order): Generator<void, Picture> {
  const { view, scale, density } = order;
  // The scale may change while this is at work.
  const scene = { ...present, scale };
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round((view.right - view.left) * scale * density));
  canvas.height = Math.max(1, Math.round((view.bottom - view.top) * scale * density));
  const pen = canvas.getContext("2d");
  if (!pen) return { canvas, view, scale, bundled: false, leftOut: 0 };
  pen.setTransform(scale * density, 0, 0, scale * density, -view.left * scale * density, -view.top * scale * density);
  if (scene.arrangement.show === "map") drawRegions(pen, scene, view);
  const lines = edgesAreLive(scene) ? NONE : chooseLines(scene, view);
  if (lines.bundled) drawBundles(pen, scene, bundlesOf(scene));
  yield;
  yield* drawLines(pen, scene, lines);
  yield* drawNodes(pen, scene, order);
  return { canvas, view, scale, bundled: lines.bundled, leftOut: lines.leftOut };
}

interface Lines {
  readonly inside: readonly number[];
  readonly between: readonly number[];
  readonly bundled: boolean;
  readonly leftOut: number;
}
const NONE: Lines = { inside: [], between: [], bundled: false, leftOut: 0 };

// The lines with an end in the view, the shortest first; those between regions only where they are few.
function chooseLines(scene: Scene, view: Box): Lines {
  const { graph, x, y } = scene;
  const within = (node: number) =>
    x[node] >= view.left && x[node] <= view.right && y[node] >= view.top && y[node] <= view.bottom;
  const seen = (edge: number) => within(graph.from[edge]) || within(graph.to[edge]);
  const sorted = sortedLines(scene);
  const inside: number[] = [];
  let leftOut = 0;
  for (const edge of sorted.inside) {
    if (!seen(edge)) continue;
    if (inside.length < MOST_LINES) inside.push(edge);
    else leftOut += 1;
  }
  const between = sorted.between.filter(seen);
  const bundled = between.length > MOST_BETWEEN;
  const kept = bundled ? between.filter((edge) => familyOfEdge(graph, edge) === "builds").slice(0, MOST_KEPT) : between;
  return { inside, between: kept, bundled, leftOut };
}

interface Sorted {
  readonly inside: Uint32Array;
  readonly between: readonly number[];
}

// Sorting ninety thousand lines takes as long as some frames: it is done once for an arrangement.
const sortings = new WeakMap<Uint8Array, Sorted>();
function sortedLines(scene: Scene): Sorted {
  const { graph, arrangement, x, y } = scene;
  const known = sortings.get(arrangement.edges);
  if (known) return known;
  const inside: number[] = [];
  const between: number[] = [];
  const lengths = new Float32Array(graph.edges);
  for (let edge = 0; edge < graph.edges; edge += 1) {
    if (!arrangement.edges[edge]) continue;
    const [a, b] = [graph.from[edge], graph.to[edge]];
    lengths[edge] = (x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2;
    (isBetween(scene, edge) ? between : inside).push(edge);
  }
  const sorted = { inside: Uint32Array.from(inside).sort((a, b) => lengths[a] - lengths[b] || a - b), between };
  sortings.set(arrangement.edges, sorted);
  return sorted;
}

function isBetween({ graph, arrangement }: Scene, edge: number): boolean {
  if (arrangement.show !== "map") return false;
  const [a, b] = [graph.home[graph.from[edge]], graph.home[graph.to[edge]]];
  return a !== b && a >= 0 && b >= 0;
}

const known = new WeakMap<Uint8Array, Bundle[]>();
function bundlesOf({ graph, arrangement }: Scene): Bundle[] {
  let list = known.get(arrangement.edges);
  if (!list) {
    list = bundles(graph, arrangement.edges);
    known.set(arrangement.edges, list);
  }
  return list;
}

const LOUD: Partial<Record<Family, number>> = { builds: 0.85, parts: 0.6, filed: 0.55 };

function* drawLines(pen: CanvasRenderingContext2D, scene: Scene, lines: Lines): Generator<void, void> {
  // Many lines over each other would hide the nodes.
  const faint = Math.min(1, Math.max(0.3, Math.sqrt(2_400 / Math.max(1, lines.inside.length))));
  const thin = Math.min(1, Math.max(0.55, scene.scale * 1.4));
  const sets = [
    [lines.inside, 0.62 * faint],
    [lines.between, lines.bundled ? 0.4 : 0.36],
  ] as const;
  for (const [edges, strength] of sets) {
    const curved = edges.length <= MOST_CURVED;
    const alpha = (family: Family) => strength * (LOUD[family] ?? 0.62);
    for (let at = 0; at < edges.length; at += AT_A_TIME) {
      const batches = batchLines(scene, edges.slice(at, at + AT_A_TIME), curved);
      strokeBatches(pen, scene, batches, { alpha, width: thin, dashed: curved && scene.scale > 0.4 });
      yield;
    }
  }
}

function batchLines(scene: Scene, edges: readonly number[], curved: boolean): Batches {
  const { graph, x, y } = scene;
  const batches: Batches = new Map();
  for (const edge of edges) {
    const path = batch(graph, batches, edge);
    if (curved) trace(path, curveOf(scene, edge));
    else {
      path.moveTo(x[graph.from[edge]], y[graph.from[edge]]);
      path.lineTo(x[graph.to[edge]], y[graph.to[edge]]);
    }
  }
  return batches;
}

function* drawNodes(pen: CanvasRenderingContext2D, scene: Scene, order: Order): Generator<void, void> {
  const { arrangement } = scene;
  const list: number[] = [];
  near(scene.grid, order.view, (node) => {
    if (arrangement.present[node] && !order.owned.has(node)) list.push(node);
  });
  for (let at = 0; at < list.length; at += AT_A_TIME) {
    fillMarks(pen, scene, list.slice(at, at + AT_A_TIME));
    yield;
  }
  pen.globalAlpha = 1;
}

function fillMarks(pen: CanvasRenderingContext2D, scene: Scene, nodes: readonly number[]): void {
  const { x, y, graph, palette, scale } = scene;
  // By type; those that stand aside are counted behind the types.
  const paths = new Map<number, Path2D>();
  for (const node of nodes) {
    const type = graph.type[node];
    const kind = isAside(scene, node) ? type + TYPES.length : type;
    let path = paths.get(kind);
    if (!path) {
      path = new Path2D();
      paths.set(kind, path);
    }
    const r = radius(scene, node);
    const size = r / scale;
    if (r < 2.2) path.rect(x[node] - size * 0.85, y[node] - size * 0.85, size * 1.7, size * 1.7);
    else drawMark(path, type, x[node], y[node], size);
  }
  for (const [kind, path] of paths) {
    pen.globalAlpha = kind < TYPES.length ? 1 : ASIDE;
    pen.fillStyle = palette[TYPES[kind % TYPES.length]];
    pen.fill(path);
  }
}
