// A lineage in columns: the older on the left, the newer on the right, by generation or by year.
import type { Shown } from "../filter";
import { type Graph, predicateOf } from "../graph";
import type { PredicateName } from "../kinds";
import { traceLineage } from "../lineage";
import { bow, level } from "../paint/curves";
import { baseRadius } from "../paint/marks";
import { cut, type Measure } from "../text";
import type { Way } from "../view";
import { type Arrangement, chosen, type Decor, finish, RIGHT, type Route } from "./arrangement";
import { layer } from "./layers";
import { clearOf, type Labelled, LETTERS } from "./letters";

export interface LineageAsked {
  readonly centre: number;
  readonly way: Way;
  readonly by: "generation" | "year";
  readonly withUses: boolean;
}

const ROW = 34;
// Between a mark and its label.
const GAP = 6;
const BETWEEN_COLUMNS = 70;
// A line is at least as long.
const SHORTEST = 24;

export function arrangeLineage(
  graph: Graph,
  shown: Shown,
  { centre, way, by, withUses }: LineageAsked,
  measure: Measure,
  unknownYear: string,
  say: (predicate: PredicateName) => string,
): Arrangement {
  const { generation, edges, leftOut } = traceLineage(graph, shown.edges, centre, way, withUses);
  const members = [...generation.keys()].sort((a, b) => graph.weight[b] - graph.weight[a] || a - b);
  const rank = by === "year" ? yearRanks(graph, members, generation) : generationRanks(members, generation);
  const box = new Map(members.map((node, n) => [node, n]));
  const lines: [number, number, number][] = [];
  const within: number[] = [];
  for (const edge of edges) {
    const [older, newer] = [graph.to[edge], graph.from[edge]];
    const [a, b] = [rank.column.get(older)!, rank.column.get(newer)!];
    if (a === b) within.push(edge);
    else lines.push(a < b ? [box.get(older)!, box.get(newer)!, edge] : [box.get(newer)!, box.get(older)!, edge]);
  }
  const column = members.map((node) => rank.column.get(node)!);
  const layered = layer(
    column,
    lines.map(([a, b]) => [a, b]),
    ROW,
  );
  const asides = asidesOf(graph, members, edges, by, say);
  const texts = members.map(
    (node): Labelled => ({
      mark: baseRadius("lineage", graph.type[node], graph.weight[node]) + GAP,
      label: measure(cut(graph.label[node], LETTERS.lineage)),
      aside: measure(asides.get(node) ?? ""),
    }),
  );
  const widths = texts.map((text) => clearOf(text, 1));
  const lefts = columnLefts(column, widths, rank.titles.length);
  const places = new Map(members.map((node, n) => [node, [lefts[column[n]], layered.y[n]] as const]));
  const sketch = chosen(graph, "lineage", places, shown.edges, (edge) => edges.has(edge));
  for (const node of members) sketch.sides[node] = RIGHT;
  const routes = new Map<number, Route>();
  lines.forEach(([a, b, edge], n) => {
    const start = lefts[column[a]];
    const most = lefts[column[a] + 1] - start - SHORTEST;
    const through = layered.between[n].flatMap((y, c): [number, number][] => {
      const at = column[a] + 1 + c;
      return [
        [lefts[at], y],
        [lefts[at + 1] - BETWEEN_COLUMNS + 2, y],
      ];
    });
    routes.set(edge, (scale) =>
      level([start + Math.min(most, clearOf(texts[a], scale)), layered.y[a]], ...through, [
        lefts[column[b]],
        layered.y[b],
      ]),
    );
  });
  for (const edge of within) {
    const [a, b] = [places.get(graph.from[edge])!, places.get(graph.to[edge])!];
    const beside = bow(a[0], a[1], b[1], -Math.min(46, 16 + Math.abs(a[1] - b[1]) * 0.18));
    routes.set(edge, () => beside);
  }
  const decor = rank.titles.flatMap((title, n): Decor[] =>
    title === null ? [] : [{ kind: "column", x: lefts[n], title: title || unknownYear }],
  );
  return finish({ ...sketch, routes, decor, asides, leftOut, anchor: centre });
}

interface Ranks {
  readonly column: ReadonlyMap<number, number>;
  // null: nothing to write; "": the year is not known.
  readonly titles: readonly (string | null)[];
}

function generationRanks(members: readonly number[], generation: ReadonlyMap<number, number>): Ranks {
  const oldest = Math.min(0, ...generation.values());
  const newest = Math.max(0, ...generation.values());
  return {
    column: new Map(members.map((node) => [node, generation.get(node)! - oldest])),
    titles: Array<null>(newest - oldest + 1).fill(null),
  };
}

// A column for each year that occurs; works whose year the notes do not give stand at the end where they belong.
function yearRanks(graph: Graph, members: readonly number[], generation: ReadonlyMap<number, number>): Ranks {
  const place = (node: number) => graph.year[node] || (generation.get(node)! > 0 ? LATER : EARLIER);
  const places = [...new Set(members.map(place))].sort((a, b) => a - b);
  if (!members.some((node) => graph.year[node])) return generationRanks(members, generation);
  return {
    column: new Map(members.map((node) => [node, places.indexOf(place(node))])),
    titles: places.map((year) => (year === LATER || year === EARLIER ? "" : String(year))),
  };
}
const EARLIER = 0;
const LATER = 99_999;

// Behind a name: its year, and what it does to what it builds on where the picture has more than one such relation.
function asidesOf(
  graph: Graph,
  members: readonly number[],
  edges: ReadonlySet<number>,
  by: LineageAsked["by"],
  say: (predicate: PredicateName) => string,
): Map<number, string> {
  const does = new Map<number, Set<PredicateName>>();
  for (const edge of edges) {
    const said = does.get(graph.from[edge]) ?? new Set();
    does.set(graph.from[edge], said.add(predicateOf(graph, edge)));
  }
  const several = new Set([...does.values()].flatMap((said) => [...said])).size > 1;
  const asides = new Map<number, string>();
  for (const node of members) {
    const year = by === "generation" && graph.year[node] ? [String(graph.year[node])] : [];
    const parts = [...year, ...(several ? [...(does.get(node) ?? [])].map(say) : [])];
    if (parts.length) asides.set(node, parts.join(" · "));
  }
  return asides;
}

function columnLefts(column: readonly number[], widths: readonly number[], count: number): number[] {
  const widest = Array<number>(count).fill(40);
  for (const [n, c] of column.entries()) widest[c] = Math.max(widest[c], widths[n]);
  const lefts = [0];
  for (const width of widest) lefts.push(lefts[lefts.length - 1] + width + BETWEEN_COLUMNS);
  return lefts;
}
