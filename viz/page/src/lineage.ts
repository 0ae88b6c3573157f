// What builds on a thing, and what it builds on, generation by generation.
import { edgesAround, type Graph, predicateOf } from "./graph";
import { LINEAGE } from "./kinds";
import type { Way } from "./view";

export interface Lineage {
  // Generations from the start: newer ones positive, older ones negative.
  readonly generation: ReadonlyMap<number, number>;
  readonly edges: ReadonlySet<number>;
  readonly leftOut: number;
}

export const MOST_MEMBERS = 120;

// Whether an edge is a step of a lineage: the same claims as in Python, tests/insight/lineages.json holds both to it.
export const isLineage = (graph: Graph, edge: number, withUses = false): boolean =>
  !graph.denied[edge] &&
  !graph.weak[edge] &&
  (LINEAGE.has(predicateOf(graph, edge)) || (withUses && predicateOf(graph, edge) === "uses"));

export function traceLineage(
  graph: Graph,
  shownEdges: Uint8Array,
  start: number,
  way: Way,
  withUses: boolean,
  most = MOST_MEMBERS,
): Lineage {
  const follows = (edge: number) => shownEdges[edge] === 1 && isLineage(graph, edge, withUses);
  const generation = new Map([[start, 0]]);
  const edges = new Set<number>();
  let leftOut = 0;
  for (const sign of way === "both" ? [1, -1] : [way === "down" ? 1 : -1]) {
    const reached = reach(graph, start, sign, follows);
    const kept = nearest(graph, reached, way === "both" ? most / 2 : most);
    leftOut += reached.size - kept.size;
    const inner = (edge: number) => follows(edge) && kept.has(graph.from[edge]) && kept.has(graph.to[edge]);
    for (const [node, depth] of generations(graph, start, sign, kept, inner)) {
      if (!generation.has(node)) generation.set(node, sign * depth);
    }
    for (const node of kept.keys()) for (const edge of edgesAround(graph, node)) if (inner(edge)) edges.add(edge);
  }
  return { generation, edges, leftOut };
}

// The far end of an edge, seen from `node` in a direction: what builds on it (1) or what it builds on (-1).
function step(graph: Graph, edge: number, node: number, sign: number): number | null {
  const [near, far] = sign > 0 ? [graph.to[edge], graph.from[edge]] : [graph.from[edge], graph.to[edge]];
  return near === node && far !== node ? far : null;
}

function reach(graph: Graph, start: number, sign: number, follows: (edge: number) => boolean): Map<number, number> {
  const depth = new Map([[start, 0]]);
  const queue = [start];
  for (const node of queue) {
    for (const edge of edgesAround(graph, node)) {
      const far = follows(edge) ? step(graph, edge, node, sign) : null;
      if (far === null || depth.has(far)) continue;
      depth.set(far, depth.get(node)! + 1);
      queue.push(far);
    }
  }
  return depth;
}

function nearest(graph: Graph, depth: ReadonlyMap<number, number>, most: number): Map<number, number> {
  if (depth.size <= most) return new Map(depth);
  const order = [...depth].sort(([a, da], [b, db]) => da - db || graph.weight[b] - graph.weight[a] || a - b);
  return new Map(order.slice(0, most));
}

// The longest way to each: a work stands behind everything that it builds on. Circles are cut where they close.
function generations(
  graph: Graph,
  start: number,
  sign: number,
  kept: ReadonlyMap<number, number>,
  inner: (edge: number) => boolean,
): Map<number, number> {
  const order: number[] = [];
  const state = new Map<number, "open" | "done">();
  const next = (node: number) =>
    [...edgesAround(graph, node)].flatMap((edge) => {
      const far = inner(edge) ? step(graph, edge, node, sign) : null;
      return far === null || !kept.has(far) ? [] : [far];
    });
  const closing = new Set<string>();
  const stack: [number, number[]][] = [[start, next(start)]];
  state.set(start, "open");
  while (stack.length) {
    const [node, rest] = stack[stack.length - 1];
    const far = rest.pop();
    if (far === undefined) {
      state.set(node, "done");
      order.push(node);
      stack.pop();
    } else if (state.get(far) === "open") closing.add(`${node} ${far}`);
    else if (!state.has(far)) {
      state.set(far, "open");
      stack.push([far, next(far)]);
    }
  }
  const generation = new Map([[start, 0]]);
  for (const node of order.reverse()) {
    for (const far of next(node)) {
      if (closing.has(`${node} ${far}`)) continue;
      generation.set(far, Math.max(generation.get(far) ?? 0, generation.get(node)! + 1));
    }
  }
  return generation;
}

const buildsEdges = (graph: Graph, node: number): number => {
  let count = 0;
  for (const edge of edgesAround(graph, node)) {
    if (isLineage(graph, edge)) count += 1;
  }
  return count;
};

export const hasLineage = (graph: Graph, node: number): boolean => buildsEdges(graph, node) > 0;

// The node that builds on most, or that most builds on; null for an empty graph.
export function bestLineage(graph: Graph): number | null {
  let best: number | null = graph.ranking[0] ?? null;
  for (const node of graph.ranking) {
    if (best !== null && buildsEdges(graph, node) > buildsEdges(graph, best)) best = node;
  }
  return best;
}
