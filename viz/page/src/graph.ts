// The graph in columns: nodes and edges are numbers, everything known of them stands in arrays.
import type { PackedGraph } from "./islands";
import {
  FAMILY_NAMES,
  FAMILY_NUMBERS,
  type Family,
  PREDICATES,
  type PredicateName,
  TYPES,
  type TypeName,
} from "./kinds";

export interface Region {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly parent: number;
}

export interface Graph {
  readonly size: number;
  readonly title: string;
  readonly base: string;
  readonly slug: readonly string[];
  readonly label: readonly string[];
  readonly type: Uint8Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly home: Int32Array;
  readonly weight: Float32Array;
  // 0 where the notes give none.
  readonly year: Uint16Array;
  readonly aliases: ReadonlyMap<number, readonly string[]>;
  readonly edges: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly predicate: Uint8Array;
  // In hundredths.
  readonly confidence: Uint8Array;
  readonly denied: Uint8Array;
  // Claims below the threshold of the graph, which does not vouch for them.
  readonly weak: Uint8Array;
  // The edges of node n are around[start[n]] to around[start[n + 1] - 1].
  readonly start: Uint32Array;
  readonly around: Uint32Array;
  readonly regions: readonly Region[];
  // The map lies on its side: what was right is below, for windows that are higher than wide.
  readonly turned: boolean;
  // All nodes, those first whose names help most to find one's way: well linked, and names rather than titles.
  readonly ranking: Uint32Array;
}

export function readGraph(packed: PackedGraph, turned = false): Graph {
  const { nodes, edges } = packed;
  const [x, y] = turned ? [nodes.y, nodes.x] : [nodes.x, nodes.y];
  const size = nodes.label.length;
  const from = Uint32Array.from(edges.from);
  const to = Uint32Array.from(edges.to);
  const denied = new Uint8Array(from.length);
  for (const edge of packed.denied) denied[edge] = 1;
  const weak = new Uint8Array(from.length);
  for (const edge of packed.weak) weak[edge] = 1;
  const weight = Float32Array.from(nodes.weight);
  const type = Uint8Array.from(nodes.type);
  return {
    size,
    title: packed.title,
    base: packed.base,
    slug: nodes.slug,
    label: nodes.label,
    type,
    x: Float32Array.from(x),
    y: Float32Array.from(y),
    home: Int32Array.from(nodes.home),
    weight,
    year: Uint16Array.from(nodes.year),
    aliases: new Map(Object.entries(packed.aliases).map(([node, names]) => [Number(node), names])),
    edges: from.length,
    from,
    to,
    predicate: Uint8Array.from(edges.predicate),
    confidence: Uint8Array.from(edges.confidence),
    denied,
    weak,
    ...adjacency(size, from, to),
    regions: packed.regions.map(([name, a, b, radius, parent]) =>
      turned ? { name, x: b, y: a, radius, parent } : { name, x: a, y: b, radius, parent },
    ),
    turned,
    ranking: rank(type, weight),
  };
}

function rank(type: Uint8Array, weight: Float32Array): Uint32Array {
  const worth = weight.map((value, n) => (TYPES[type[n]] === "Paper" ? value * 0.4 : value));
  return Uint32Array.from({ length: type.length }, (_, n) => n).sort((a, b) => worth[b] - worth[a] || a - b);
}

function adjacency(size: number, from: Uint32Array, to: Uint32Array): Pick<Graph, "start" | "around"> {
  const start = new Uint32Array(size + 1);
  for (let e = 0; e < from.length; e += 1) {
    start[from[e] + 1] += 1;
    if (to[e] !== from[e]) start[to[e] + 1] += 1;
  }
  for (let n = 0; n < size; n += 1) start[n + 1] += start[n];
  const next = start.slice();
  const around = new Uint32Array(start[size]);
  for (let e = 0; e < from.length; e += 1) {
    around[next[from[e]]++] = e;
    if (to[e] !== from[e]) around[next[to[e]]++] = e;
  }
  return { start, around };
}

export const typeOf = (graph: Graph, node: number): TypeName => TYPES[graph.type[node]];
export const predicateOf = (graph: Graph, edge: number): PredicateName => PREDICATES[graph.predicate[edge]];
export const familyOfEdge = (graph: Graph, edge: number): Family => FAMILY_NAMES[FAMILY_NUMBERS[graph.predicate[edge]]];
export const edgesAround = (graph: Graph, node: number): Uint32Array =>
  graph.around.subarray(graph.start[node], graph.start[node + 1]);
export const degreeOf = (graph: Graph, node: number): number => graph.start[node + 1] - graph.start[node];
export const otherEnd = (graph: Graph, edge: number, node: number): number =>
  graph.from[edge] === node ? graph.to[edge] : graph.from[edge];

// Short names of IRIs, as queries write them: method:h2o. An IRI of elsewhere is its own short name.
const PREFIXES: Record<TypeName, string> = {
  Paper: "paper",
  Method: "method",
  Model: "model",
  Institution: "inst",
  Hardware: "hw",
  Dataset: "dataset",
  Topic: "topic",
  Person: "person",
};
export function iriOf(graph: Graph, node: number): string {
  const slug = graph.slug[node];
  return slug.includes(":") ? slug : `${graph.base}${PREFIXES[typeOf(graph, node)]}/${slug}`;
}
export function keyOf(graph: Graph, node: number): string {
  const slug = graph.slug[node];
  return slug.includes(":") ? slug : `${PREFIXES[typeOf(graph, node)]}:${slug}`;
}

const keys = new WeakMap<Graph, Map<string, number>>();
export function nodeOfKey(graph: Graph, key: string): number | null {
  let known = keys.get(graph);
  if (!known) {
    known = new Map(Array.from({ length: graph.size }, (_, n) => [keyOf(graph, n), n]));
    keys.set(graph, known);
  }
  return known.get(key) ?? null;
}

// The region that encloses a region and all around it.
export function outermost(graph: Graph, home: number): number {
  let region = home;
  while (region >= 0 && graph.regions[region].parent >= 0) region = graph.regions[region].parent;
  return region;
}
