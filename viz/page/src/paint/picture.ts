// Whatever does not change from frame to frame, drawn once for a view, a little at a time, and then only copied.
import { type Box, near } from "../grid";
import { TYPES } from "../kinds";
import { ASIDE, isAside, radius, type Scene } from "../scene";
import { stillLines } from "./lines";
import { drawMark } from "./marks";
import { drawBundles, drawRegions } from "./regions";
import { type LineSet, strokeLines } from "./strokes";

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
  const { sets, bundles, leftOut } = stillLines(scene, view);
  drawBundles(pen, scene, bundles);
  yield;
  yield* drawLines(pen, scene, sets);
  yield* drawNodes(pen, scene, order);
  return { canvas, view, scale, bundled: bundles.length > 0, leftOut };
}

function* drawLines(pen: CanvasRenderingContext2D, scene: Scene, sets: readonly LineSet[]): Generator<void, void> {
  for (const set of sets) {
    for (let at = 0; at < set.edges.length; at += AT_A_TIME) {
      strokeLines(pen, scene, { ...set, edges: set.edges.slice(at, at + AT_A_TIME) });
      yield;
    }
  }
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
