// What is seen, as nodes and edges: of a picture of its own what it shows, of the map what the filters leave.
import { edgesAround, type Graph } from "../graph";

export interface Seen {
  readonly nodes: readonly number[];
  // Without denied claims: other programs would take them for true.
  readonly edges: readonly number[];
}

export function seenPart(graph: Graph, nodes: Uint8Array, edges: Uint8Array, only: number | null): Seen {
  const kept: number[] = [];
  const near = only === null ? null : new Set(edgesAround(graph, only));
  for (let e = 0; e < graph.edges; e += 1) {
    const drawn = edges[e] && nodes[graph.from[e]] && nodes[graph.to[e]];
    if (drawn && !graph.denied[e] && (!near || near.has(e))) kept.push(e);
  }
  const ends = near
    ? new Set([...(only === null ? [] : [only]), ...kept.flatMap((e) => [graph.from[e], graph.to[e]])])
    : null;
  const list: number[] = [];
  for (let n = 0; n < graph.size; n += 1) if (nodes[n] && (!ends || ends.has(n))) list.push(n);
  return { nodes: list, edges: kept };
}
