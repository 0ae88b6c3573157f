// Whatever does not change from frame to frame, drawn once for a view, a little at a time, and then only copied.
import { edgesAround, familyOfEdge } from "../graph";
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
const AT_A_TIME = 1_500;

// Yields between pieces of the work, each of some milliseconds.
export function* drawPicture(scene: Scene, order: Order): Generator<void, Picture> {
  const { view, scale, density } = order;
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

// The lines of all nodes in the view; those between regions only where they are few.
function chooseLines(scene: Scene, view: Box): Lines {
  const { graph, arrangement } = scene;
  const taken = new Uint8Array(graph.edges);
  const inside: number[] = [];
  const between: number[] = [];
  near(scene.grid, view, (node) => {
    for (const edge of edgesAround(graph, node)) {
      if (taken[edge] || !arrangement.edges[edge]) continue;
      taken[edge] = 1;
      (isBetween(scene, edge) ? between : inside).push(edge);
    }
  });
  const bundled = between.length > MOST_BETWEEN;
  const kept = bundled ? between.filter((edge) => familyOfEdge(graph, edge) === "builds").slice(0, MOST_KEPT) : between;
  const short = inside.length > MOST_LINES ? shortest(scene, inside) : inside;
  return { inside: short, between: kept, bundled, leftOut: inside.length - short.length };
}

function isBetween({ graph, arrangement }: Scene, edge: number): boolean {
  if (arrangement.show !== "map") return false;
  const [a, b] = [graph.home[graph.from[edge]], graph.home[graph.to[edge]]];
  return a !== b && a >= 0 && b >= 0;
}

function shortest({ graph, x, y }: Scene, edges: readonly number[]): number[] {
  const long = (edge: number) => {
    const [a, b] = [graph.from[edge], graph.to[edge]];
    return (x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2;
  };
  const lengths = new Map(edges.map((edge) => [edge, long(edge)]));
  return [...edges].sort((a, b) => lengths.get(a)! - lengths.get(b)! || a - b).slice(0, MOST_LINES);
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
  const { graph, x, y } = scene;
  // Many lines over each other would hide the nodes.
  const faint = Math.min(1, Math.max(0.3, Math.sqrt(2_400 / Math.max(1, lines.inside.length))));
  const thin = Math.min(1, Math.max(0.55, scene.scale * 1.4));
  for (const [edges, strength] of [
    [lines.inside, 0.62 * faint],
    [lines.between, lines.bundled ? 0.4 : 0.36],
  ] as const) {
    const curved = edges.length <= MOST_CURVED;
    const batches: Batches = new Map();
    let count = 0;
    for (const edge of edges) {
      const path = batch(graph, batches, edge);
      if (curved) trace(path, curveOf(scene, edge));
      else {
        path.moveTo(x[graph.from[edge]], y[graph.from[edge]]);
        path.lineTo(x[graph.to[edge]], y[graph.to[edge]]);
      }
      if (++count % AT_A_TIME === 0) yield;
    }
    const alpha = (family: Family) => strength * (LOUD[family] ?? 0.62);
    strokeBatches(pen, scene, batches, { alpha, width: thin, dashed: curved && scene.scale > 0.4 });
    yield;
  }
}

function* drawNodes(pen: CanvasRenderingContext2D, scene: Scene, order: Order): Generator<void, void> {
  const { x, y, graph, palette, arrangement } = scene;
  // By type; those that stand aside are counted behind the types.
  const paths = new Map<number, Path2D>();
  const list: number[] = [];
  near(scene.grid, order.view, (node) => {
    if (arrangement.present[node] && !order.owned.has(node)) list.push(node);
  });
  let count = 0;
  for (const node of list) {
    const type = graph.type[node];
    const kind = isAside(scene, node) ? type + TYPES.length : type;
    let path = paths.get(kind);
    if (!path) {
      path = new Path2D();
      paths.set(kind, path);
    }
    const r = radius(scene, node);
    const size = r / order.scale;
    if (r < 2.2) path.rect(x[node] - size * 0.85, y[node] - size * 0.85, size * 1.7, size * 1.7);
    else drawMark(path, type, x[node], y[node], size);
    if (++count % AT_A_TIME === 0) yield;
  }
  for (const [kind, path] of paths) {
    pen.globalAlpha = kind < TYPES.length ? 1 : ASIDE;
    pen.fillStyle = palette[TYPES[kind % TYPES.length]];
    pen.fill(path);
  }
}
