// The regions of the map: discs, their names, and the links between them as bundles.
import { type Graph, outermost, type Region } from "../graph";
import type { Box } from "../grid";
import type { Scene } from "../scene";
import { bent, type Curve, trace } from "./curves";

export function drawRegions(pen: CanvasRenderingContext2D, scene: Scene, view: Box): void {
  const { graph, palette, scale } = scene;
  for (const region of graph.regions) {
    if (!touches(region, view)) continue;
    pen.beginPath();
    pen.arc(region.x, region.y, region.radius, 0, 2 * Math.PI);
    pen.fillStyle = region.parent < 0 ? palette.region : palette.inner;
    pen.fill();
    pen.lineWidth = 1 / scale;
    pen.strokeStyle = palette.rim;
    pen.stroke();
  }
}

export const touches = ({ x, y, radius }: Region, view: Box): boolean =>
  x + radius >= view.left && x - radius <= view.right && y + radius >= view.top && y - radius <= view.bottom;

export interface Bundle {
  readonly curve: Curve;
  readonly count: number;
}

const MOST_BUNDLES = 160;

// One line for all relations between two regions: whole regions, or parts of the same one.
export function bundles(graph: Graph, lines: Iterable<number>): Bundle[] {
  const counts = new Map<number, number>();
  const { regions, home } = graph;
  for (const edge of lines) {
    const pair = ends(graph, home[graph.from[edge]], home[graph.to[edge]]);
    if (!pair) continue;
    const key = pair[0] * regions.length + pair[1];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, p], [b, q]) => q - p || a - b)
    .slice(0, MOST_BUNDLES)
    .map(([key, count]) => {
      const [a, b] = [regions[Math.floor(key / regions.length)], regions[key % regions.length]];
      return { curve: between(a, b), count };
    });
}

function ends(graph: Graph, a: number, b: number): [number, number] | null {
  if (a < 0 || b < 0 || a === b) return null;
  const [outerA, outerB] = [outermost(graph, a), outermost(graph, b)];
  const [low, high] = outerA === outerB ? [a, b] : [outerA, outerB];
  return low < high ? [low, high] : [high, low];
}

// From rim to rim.
function between(a: Region, b: Region): Curve {
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  return bent(
    a.x + Math.cos(angle) * a.radius,
    a.y + Math.sin(angle) * a.radius,
    b.x - Math.cos(angle) * b.radius,
    b.y - Math.sin(angle) * b.radius,
    0.08,
  );
}

// The more relations, the thicker and the darker; the first of a list has most.
export function bundleStyle({ count }: Bundle, list: readonly Bundle[]): { alpha: number; width: number } {
  const most = list[0].count;
  return { alpha: 0.35 + 0.5 * (count / most), width: 0.7 + 7 * Math.sqrt(count / Math.max(most, 12)) };
}

export function drawBundles(pen: CanvasRenderingContext2D, scene: Scene, list: readonly Bundle[]): void {
  pen.strokeStyle = scene.palette.line;
  pen.lineCap = "round";
  for (const bundle of list) {
    const { alpha, width } = bundleStyle(bundle, list);
    pen.beginPath();
    trace(pen, bundle.curve);
    pen.globalAlpha = alpha;
    pen.lineWidth = width / scene.scale;
    pen.stroke();
  }
  pen.globalAlpha = 1;
}
