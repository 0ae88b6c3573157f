// A small graph for tests, from lines such as "Method:H2O improvesOn Method:Full".
import { type Graph, readGraph } from "../src/graph";
import { PREDICATES, TYPES } from "../src/kinds";

export interface Extra {
  readonly years?: Readonly<Record<string, number>>;
  readonly denied?: readonly number[];
  readonly weak?: readonly number[];
  readonly confidence?: readonly number[];
  readonly alone?: readonly string[];
  readonly homes?: Readonly<Record<string, number>>;
  readonly regions?: readonly (readonly [string, number, number, number, number])[];
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
}

export const slug = (name: string): string => name.toLowerCase().replaceAll(" ", "-");

export function sample(lines: readonly string[], extra: Extra = {}): Graph {
  const names: string[] = [];
  const numberOf = (name: string) => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const edges = lines.map((line) => {
    const [from, predicate, to] = line.split(" ");
    return { from: numberOf(from), predicate: PREDICATES.indexOf(predicate as never), to: numberOf(to) };
  });
  for (const name of extra.alone ?? []) numberOf(name);
  const label = names.map((name) => name.split(":")[1]);
  const degree = names.map((_, n) => edges.filter((e) => e.from === n || e.to === n).length);
  return readGraph({
    title: "sample",
    base: "https://x.org/id/",
    nodes: {
      slug: label.map(slug),
      type: names.map((name) => TYPES.indexOf(name.split(":")[0] as never)),
      label,
      x: names.map((_, n) => (n % 5) * 100),
      y: names.map((_, n) => Math.floor(n / 5) * 100),
      home: names.map((name) => extra.homes?.[name.split(":")[1]] ?? -1),
      weight: degree,
      year: label.map((name) => extra.years?.[name] ?? 0),
    },
    aliases: Object.fromEntries(
      Object.entries(extra.aliases ?? {}).map(([name, list]) => [String(label.indexOf(name)), list]),
    ),
    edges: {
      from: edges.map((e) => e.from),
      to: edges.map((e) => e.to),
      predicate: edges.map((e) => e.predicate),
      confidence: edges.map((_, n) => extra.confidence?.[n] ?? 90),
    },
    denied: extra.denied ?? [],
    weak: extra.weak ?? [],
    regions: extra.regions ?? [],
    open: { show: "map", centre: null, hops: 1, way: "both" },
    noteUrl: "",
    pageUrl: "",
    answers: true,
    leftOut: [0, 0],
  });
}

export const at = (graph: Graph, name: string): number => graph.label.indexOf(name);
export const all = (length: number): Uint8Array => new Uint8Array(length).fill(1);
export const everything = (graph: Graph) => ({ nodes: all(graph.size), edges: all(graph.edges) });
export const named = (graph: Graph, nodes: Iterable<number>): string[] => [...nodes].map((node) => graph.label[node]);

// Random numbers that are the same each time (mulberry32).
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
