// What of the graph is shown: a byte for every node and edge.
import { degreeOf, type Graph } from "./graph";
import { FAMILY_NAMES, FAMILY_NUMBERS, typeNumber } from "./kinds";
import type { View } from "./view";

export interface Shown {
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
}

export type Filters = Pick<View, "withoutTypes" | "withoutFamilies" | "confidence" | "years" | "denied" | "alone">;

const DATED = new Set([typeNumber("Paper"), typeNumber("Method"), typeNumber("Model"), typeNumber("Dataset")]);

export function filter(graph: Graph, view: Filters): Shown {
  const nodes = new Uint8Array(graph.size);
  for (let n = 0; n < graph.size; n += 1) {
    nodes[n] = Number(
      !view.withoutTypes.has(graph.type[n]) && (view.alone || degreeOf(graph, n) > 0) && withinYears(graph, view, n),
    );
  }
  const without = FAMILY_NAMES.map((family) => view.withoutFamilies.has(family));
  const edges = new Uint8Array(graph.edges);
  for (let e = 0; e < graph.edges; e += 1) {
    edges[e] = Number(
      nodes[graph.from[e]] === 1 &&
        nodes[graph.to[e]] === 1 &&
        graph.confidence[e] >= view.confidence &&
        (view.denied || !graph.denied[e]) &&
        !without[FAMILY_NUMBERS[graph.predicate[e]]],
    );
  }
  return { nodes, edges };
}

// Makers, machines and topics have no year; a work without one goes only where somebody asks for certain years.
function withinYears(graph: Graph, { years }: Filters, node: number): boolean {
  if (!years || !DATED.has(graph.type[node])) return true;
  return graph.year[node] >= years[0] && graph.year[node] <= years[1];
}
