// What is on the canvas at the moment: where nodes stand by now, what stands out, and how lines run between them.
import type { Arrangement } from "./arrange/arrangement";
import { edgesAround, type Graph, otherEnd } from "./graph";
import { type Grid, makeGrid, near } from "./grid";
import { bent, type Curve, distanceTo, loop } from "./paint/curves";
import { baseRadius, zoomOf } from "./paint/marks";
import type { Palette } from "./palette";

// What stands out: these nodes and edges, the others step back.
export interface Lit {
  readonly nodes: ReadonlySet<number>;
  readonly edges: readonly number[];
  // The node in the middle of it, or null for an edge.
  readonly centre: number | null;
}

export interface Scene {
  readonly graph: Graph;
  arrangement: Arrangement;
  x: Float32Array;
  y: Float32Array;
  grid: Grid;
  palette: Palette;
  lit: Lit | null;
  // How far what does not stand out has stepped back, 0 to 1.
  dim: number;
  selected: number | null;
  // Nodes that somebody has dragged elsewhere: lines no longer run as arranged.
  readonly moved: Set<number>;
  // Nodes are on their way to where they belong.
  travelling: boolean;
  // Nodes pull and push each other.
  loose: boolean;
  scale: number;
}

// Above this many lines they are part of a picture that is drawn now and then; below, they are drawn each time.
export const MOST_LIVE_EDGES = 420;
const MOST_LIT_EDGES = 700;

export function makeScene(graph: Graph, arrangement: Arrangement, palette: Palette): Scene {
  const x = arrangement.x.slice();
  const y = arrangement.y.slice();
  return {
    graph,
    arrangement,
    x,
    y,
    grid: makeGrid(x, y, arrangement.present),
    palette,
    lit: null,
    dim: 0,
    selected: null,
    moved: new Set(),
    travelling: false,
    loose: false,
    scale: 1,
  };
}

export function rearrange(scene: Scene, arrangement: Arrangement): void {
  scene.arrangement = arrangement;
  scene.x = arrangement.x.slice();
  scene.y = arrangement.y.slice();
  scene.moved.clear();
  scene.travelling = false;
  regrid(scene);
}

export function regrid(scene: Scene): void {
  scene.grid = makeGrid(scene.x, scene.y, scene.arrangement.present);
}

export const edgesAreLive = ({ arrangement, loose }: Scene): boolean =>
  loose || arrangement.lines.length <= MOST_LIVE_EDGES;

// Small groups at the foot of the map are there to be found, not to be looked at.
export const isAside = ({ arrangement, graph }: Scene, node: number): boolean =>
  arrangement.show === "map" && graph.home[node] < 0 && graph.regions.length > 0;
export const ASIDE = 0.55;
// How strong what does not stand out still is, once it has stepped back.
const BACK = 0.2;
export const restStrength = ({ dim }: Scene): number => 1 - dim * (1 - BACK);
export const strengthOf = (scene: Scene, node: number): number =>
  scene.lit?.nodes.has(node) ? 1 : (isAside(scene, node) ? ASIDE : 1) * (scene.lit ? restStrength(scene) : 1);

// In pixels on the screen.
export const radius = ({ graph, scale, arrangement }: Scene, node: number): number =>
  Math.max(1.1, baseRadius(arrangement.show, graph.type[node], graph.weight[node]) * zoomOf(scale));

// How a node with its neighbours stands out; of very many the surest ones.
export function lightNode(scene: Scene, node: number, shownEdges: Uint8Array): Lit {
  const { graph, arrangement } = scene;
  let edges = [...edgesAround(graph, node)].filter(
    (edge) => shownEdges[edge] && arrangement.present[otherEnd(graph, edge, node)],
  );
  if (edges.length > MOST_LIT_EDGES) {
    const weight = (edge: number) => graph.weight[otherEnd(graph, edge, node)];
    edges = edges.sort((a, b) => weight(b) - weight(a) || a - b).slice(0, MOST_LIT_EDGES);
  }
  return { nodes: new Set([node, ...edges.map((edge) => otherEnd(graph, edge, node))]), edges, centre: node };
}

export const lightEdge = ({ graph }: Scene, edge: number): Lit => ({
  nodes: new Set([graph.from[edge], graph.to[edge]]),
  edges: [edge],
  centre: null,
});

const ordinals = new WeakMap<Graph, Uint8Array>();
// The place of an edge among those between the same two nodes.
function ordinal(graph: Graph, edge: number): number {
  let known = ordinals.get(graph);
  if (!known) {
    known = new Uint8Array(graph.edges);
    const seen = new Map<number, number>();
    for (let e = 0; e < graph.edges; e += 1) {
      const [low, high] = graph.from[e] < graph.to[e] ? [graph.from[e], graph.to[e]] : [graph.to[e], graph.from[e]];
      const key = low * graph.size + high;
      const count = seen.get(key) ?? 0;
      known[e] = Math.min(9, count);
      seen.set(key, count + 1);
    }
    ordinals.set(graph, known);
  }
  return known[edge];
}

export function curveOf(scene: Scene, edge: number): Curve {
  const { graph, x, y } = scene;
  const [from, to] = [graph.from[edge], graph.to[edge]];
  if (from === to) return loop(x[from], y[from], radius(scene, from) / scene.scale);
  const route = scene.arrangement.routes.get(edge);
  if (route && !scene.travelling && !scene.moved.has(from) && !scene.moved.has(to)) return route(scene.scale);
  const turn = ordinal(graph, edge);
  // The same pair the other way round bends the other way by itself.
  const bend = (0.07 + 0.09 * Math.ceil(turn / 2)) * (turn % 2 ? -1 : 1);
  return bent(x[from], y[from], x[to], y[to], bend);
}

// The node at a point of the plane: the nearest that the point touches, with some reach around it.
export function nodeAt(scene: Scene, px: number, py: number, slack = 4): number | null {
  const reach = 16 / scene.scale;
  let best: number | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  const box = { left: px - reach * 1.6, right: px + reach * 1.6, top: py - reach * 1.6, bottom: py + reach * 1.6 };
  near(scene.grid, box, (node) => {
    const distance = Math.hypot(scene.x[node] - px, scene.y[node] - py);
    const touch = (radius(scene, node) + slack) / scene.scale;
    if (distance < nearest && distance <= touch) [best, nearest] = [node, distance];
  });
  return best;
}

// The line at a point, among those that can be told apart: those that stand out, or all of a small picture.
export function edgeAt(scene: Scene, px: number, py: number): number | null {
  const { arrangement, lit } = scene;
  let best: number | null = null;
  let nearest = 5 / scene.scale;
  const test = (edge: number) => {
    const distance = distanceTo(curveOf(scene, edge), px, py);
    if (distance < nearest) [best, nearest] = [edge, distance];
  };
  if (lit) lit.edges.forEach(test);
  if (best === null && edgesAreLive(scene)) arrangement.lines.forEach(test);
  return best;
}
