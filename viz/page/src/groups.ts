// The relations of a thing, sorted by what they say of it: where it comes from, and what comes of it.
import { edgesAround, type Graph, otherEnd, predicateOf } from "./graph";
import type { PredicateName } from "./kinds";

export type Side = "left" | "right";

export interface Group {
  readonly predicate: PredicateName;
  // Whether the thing is the subject.
  readonly outgoing: boolean;
  readonly side: Side;
  // Sorted: the surest first.
  readonly edges: readonly number[];
}

type Row = readonly [PredicateName, outgoing: boolean, Side];
// In the order of reading; what builds on what comes first on either side.
const ORDER: readonly Row[] = [
  ["extends", true, "left"],
  ["improvesOn", true, "left"],
  ["uses", true, "left"],
  ["introduces", false, "left"],
  ["affiliatedWith", true, "left"],
  ["authoredBy", true, "left"],
  ["hasTopic", true, "left"],
  ["broader", true, "left"],
  ["extends", false, "right"],
  ["improvesOn", false, "right"],
  ["uses", false, "right"],
  ["introduces", true, "right"],
  ["outperforms", true, "right"],
  ["outperforms", false, "right"],
  ["comparedWith", true, "right"],
  ["comparedWith", false, "right"],
  ["targetsHardware", true, "right"],
  ["measuredOn", true, "right"],
  ["evaluatedOn", true, "right"],
  ["trainedOn", true, "right"],
  ["targetsHardware", false, "right"],
  ["measuredOn", false, "right"],
  ["evaluatedOn", false, "right"],
  ["trainedOn", false, "right"],
  ["affiliatedWith", false, "right"],
  ["authoredBy", false, "right"],
  ["hasTopic", false, "right"],
  ["broader", false, "right"],
];

export function groupsOf(graph: Graph, node: number, take: (edge: number) => boolean): Group[] {
  const found = new Map<string, number[]>();
  for (const edge of edgesAround(graph, node)) {
    if (!take(edge)) continue;
    const key = `${predicateOf(graph, edge)} ${graph.from[edge] === node}`;
    const group = found.get(key);
    if (group) group.push(edge);
    else found.set(key, [edge]);
  }
  return ORDER.flatMap(([predicate, outgoing, side]) => {
    const edges = found.get(`${predicate} ${outgoing}`);
    if (!edges) return [];
    const weight = (edge: number) => graph.weight[otherEnd(graph, edge, node)];
    edges.sort((a, b) => graph.confidence[b] - graph.confidence[a] || weight(b) - weight(a) || a - b);
    return [{ predicate, outgoing, side, edges }];
  });
}
