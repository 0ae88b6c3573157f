// The same data as tables: for screen readers, for the keyboard, and for reading instead of looking.
import { button, make } from "../dom";
import type { Shown } from "../filter";
import { edgesAround, type Graph, predicateOf, typeOf } from "../graph";
import { number, say, sayRelation, type Word } from "../words";
import { type Desk, kindOf, meter, nameButton, quotes } from "./parts";

export interface Column<Row> {
  readonly word: Word;
  readonly cell: (row: Row) => Node | string;
  readonly order: (a: Row, b: Row) => number;
}

const AT_A_TIME = 150;

// A table that sorts by its heads and shows more rows when asked.
export function sortable<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  first: number,
): HTMLElement {
  let sorted = first;
  let down = true;
  let shown = AT_A_TIME;
  const place = make("div", { class: "sortable" });
  const draw = () => {
    const ordered = [...rows].sort((a, b) => columns[sorted].order(a, b) * (down ? 1 : -1));
    const heads = columns.map(({ word }, n) => {
      const sort = () => {
        [sorted, down] = [n, n === sorted ? !down : true];
        draw();
        place.querySelectorAll<HTMLElement>("th button")[n]?.focus();
      };
      const state = n === sorted ? (down ? "ascending" : "descending") : "none";
      return make("th", { scope: "col", "aria-sort": state }, button(say(word), sort));
    });
    const body = ordered
      .slice(0, shown)
      .map((row) => make("tr", {}, ...columns.map(({ cell }) => make("td", {}, cell(row)))));
    place.replaceChildren(
      make(
        "table",
        {},
        make("caption", {}, `${title} (${number(rows.length)})`),
        make("thead", {}, make("tr", {}, ...heads)),
        make("tbody", {}, ...body),
      ),
    );
    if (ordered.length > shown) {
      const more = () => {
        shown += 4 * AT_A_TIME;
        draw();
      };
      place.append(button(say("showMore", { n: ordered.length - shown }), more, { class: "more" }));
    }
  };
  draw();
  return place;
}

const compare = (a: string, b: string): number => a.localeCompare(b, "zh-Hans-CN-u-co-pinyin");

export function tables(desk: Desk, shown: Shown, only: number | null): HTMLElement[] {
  const { graph } = desk;
  const near = only === null ? null : new Set(edgesAround(graph, only));
  const edges: number[] = [];
  for (let e = 0; e < graph.edges; e += 1) if (shown.edges[e] && (!near || near.has(e))) edges.push(e);
  const ends = near ? new Set(edges.flatMap((e) => [graph.from[e], graph.to[e]])) : null;
  const nodes: number[] = [];
  for (let n = 0; n < graph.size; n += 1) if (shown.nodes[n] && (!ends || ends.has(n))) nodes.push(n);
  return [
    sortable(say("tableRelations"), relationColumns(desk), edges, 3),
    sortable(say("tableThings"), thingColumns(desk, shown), nodes, 3),
  ];
}

function relationColumns(desk: Desk): Column<number>[] {
  const { graph } = desk;
  const says = (edge: number) =>
    `${graph.denied[edge] ? `${say("not")} ` : ""}${sayRelation(predicateOf(graph, edge), true)}`;
  return [
    { word: "from", cell: (e) => nameButton(desk, graph.from[e]), order: byName(graph, graph.from) },
    { word: "relation", cell: says, order: (a, b) => graph.predicate[a] - graph.predicate[b] },
    { word: "to", cell: (e) => nameButton(desk, graph.to[e]), order: byName(graph, graph.to) },
    {
      word: "score",
      cell: (e) => meter(graph.confidence[e]),
      order: (a, b) => graph.confidence[b] - graph.confidence[a] || graph.predicate[a] - graph.predicate[b] || a - b,
    },
    { word: "evidence", cell: (e) => quotes(desk, e, 1)[0] ?? "", order: (a, b) => a - b },
  ];
}

const byName = (graph: Graph, ends: Uint32Array) => (a: number, b: number) =>
  compare(graph.label[ends[a]], graph.label[ends[b]]);

function thingColumns(desk: Desk, shown: Shown): Column<number>[] {
  const { graph } = desk;
  const many = (node: number) => edgesAround(graph, node).filter((edge) => shown.edges[edge]).length;
  return [
    { word: "name", cell: (n) => nameButton(desk, n), order: (a, b) => compare(graph.label[a], graph.label[b]) },
    { word: "type", cell: (n) => kindOf(desk, n), order: (a, b) => compare(typeOf(graph, a), typeOf(graph, b)) },
    {
      word: "year",
      cell: (n) => (graph.year[n] ? String(graph.year[n]) : ""),
      order: (a, b) => graph.year[b] - graph.year[a],
    },
    {
      word: "relationCount",
      cell: (n) => number(many(n)),
      order: (a, b) => many(b) - many(a) || graph.weight[b] - graph.weight[a],
    },
  ];
}
