// Two kinds of things against each other: in each cell the relations that join them, directly or through a paper.
import type { Shown } from "./filter";
import { edgesAround, type Graph, otherEnd, predicateOf, typeOf } from "./graph";
import type { PredicateName } from "./kinds";
import type { Matrix as Kind } from "./view";

export interface Cell {
  // What the cell counts: works for institutions and topics, else relations.
  readonly works: ReadonlySet<number>;
  readonly edges: readonly number[];
  // Only measured there, not made for it.
  readonly weak: boolean;
}

export interface Matrix {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly cells: ReadonlyMap<string, Cell>;
  // Rows and columns that have no place.
  readonly leftOut: number;
}

export const cellKey = (row: number, column: number): string => `${row} ${column}`;

const MOST_ROWS = 60;
const MOST_COLUMNS = 24;

export function makeMatrix(graph: Graph, shown: Shown, kind: Kind): Matrix {
  const cells = new Map<
    string,
    { row: number; column: number; works: Set<number>; edges: Set<number>; weak: boolean }
  >();
  for (const { row, column, work, edges, weak } of kind === "institutions"
    ? byWork(graph, shown)
    : byUse(graph, shown, kind)) {
    const key = cellKey(row, column);
    let cell = cells.get(key);
    if (!cell) {
      cell = { row, column, works: new Set(), edges: new Set(), weak: true };
      cells.set(key, cell);
    }
    cell.works.add(work);
    for (const edge of edges) cell.edges.add(edge);
    cell.weak &&= weak;
  }
  const list = [...cells.values()];
  const columns = busiest(
    graph,
    list.map(({ column, works }) => [column, works.size]),
    MOST_COLUMNS,
  );
  const kept = list.filter(({ column }) => columns.kept.includes(column));
  const rows = busiest(
    graph,
    kept.map(({ row, works }) => [row, works.size]),
    MOST_ROWS,
  );
  return {
    rows: rows.kept,
    columns: columns.kept,
    cells: new Map(
      list.map(({ row, column, works, edges, weak }) => [
        cellKey(row, column),
        { works, edges: [...edges].sort((a, b) => a - b), weak },
      ]),
    ),
    leftOut: columns.leftOut + rows.leftOut,
  };
}

function busiest(
  graph: Graph,
  counts: readonly (readonly [number, number])[],
  most: number,
): { kept: number[]; leftOut: number } {
  const sums = new Map<number, number>();
  for (const [node, many] of counts) sums.set(node, (sums.get(node) ?? 0) + many);
  const order = [...sums].sort(([a, p], [b, q]) => q - p || graph.weight[b] - graph.weight[a] || a - b);
  return { kept: order.slice(0, most).map(([node]) => node), leftOut: Math.max(0, order.length - most) };
}

interface Entry {
  readonly row: number;
  readonly column: number;
  readonly work: number;
  readonly edges: readonly number[];
  readonly weak: boolean;
}

const outgoing = (graph: Graph, shown: Shown, node: number, ...predicates: PredicateName[]): number[] =>
  [...edgesAround(graph, node)].filter(
    (edge) =>
      graph.from[edge] === node &&
      shown.edges[edge] &&
      !graph.denied[edge] &&
      predicates.includes(predicateOf(graph, edge)),
  );

// A work joins its institutions with its topics; what a paper introduces has the paper's institutions and topics.
function* byWork(graph: Graph, shown: Shown): Generator<Entry> {
  for (let work = 0; work < graph.size; work += 1) {
    if (!shown.nodes[work]) continue;
    const makers = outgoing(graph, shown, work, "affiliatedWith");
    const topics = outgoing(graph, shown, work, "hasTopic");
    if (typeOf(graph, work) === "Paper") {
      for (const edge of outgoing(graph, shown, work, "introduces")) {
        topics.push(...outgoing(graph, shown, graph.to[edge], "hasTopic"));
      }
    }
    for (const a of makers) {
      for (const b of topics) yield { row: graph.to[a], column: graph.to[b], work, edges: [a, b], weak: false };
    }
  }
}

function* byUse(graph: Graph, shown: Shown, kind: Kind): Generator<Entry> {
  const firm: PredicateName = kind === "hardware" ? "targetsHardware" : "evaluatedOn";
  const weak: PredicateName = kind === "hardware" ? "measuredOn" : "trainedOn";
  for (let work = 0; work < graph.size; work += 1) {
    if (!shown.nodes[work]) continue;
    for (const edge of outgoing(graph, shown, work, firm, weak)) {
      const entry = { column: graph.to[edge], weak: predicateOf(graph, edge) === weak };
      const told = typeOf(graph, work) === "Paper" ? outgoing(graph, shown, work, "introduces") : [];
      const methods = told.filter((other) => typeOf(graph, otherEnd(graph, other, work)) !== "Dataset");
      if (!methods.length) yield { ...entry, row: work, work, edges: [edge] };
      for (const other of methods) {
        const row = graph.to[other];
        yield { ...entry, row, work: row, edges: [edge, other] };
      }
    }
  }
}
