// Works by year, in lanes by the region of the map that they stand in; the well known ones by name, the others as dots.
import type { Shown } from "../filter";
import { edgesAround, type Graph, outermost, predicateOf, typeOf } from "../graph";
import { isLineage } from "../lineage";
import { backwards, bow, level } from "../paint/curves";
import { cut, type Measure } from "../text";
import { type Arrangement, chosen, type Decor, finish, HIDDEN, RIGHT, type Route, type Sketch } from "./arrangement";
import { clearOf, LETTERS } from "./letters";

const ROW = 21;
const DOT = 20;
const DOTS_A_ROW = 9;
const NAMED = 6;
const LANES = 14;
const PADDING = 12;
const HEAD = 42;
const MARK = 14;
// The smallest scale at which it is shown; labels keep their size, so that columns must be wide enough for them then.
const FARTHEST = 0.85;
// A line is at least as long.
const SHORTEST = 16;

export function arrangeTimeline(graph: Graph, shown: Shown, measure: Measure, others: string): Arrangement {
  const works = worksOf(graph, shown);
  const lanes = lanesOf(graph, works, others).map(([title, nodes]) => ({ title, cells: byYear(graph, nodes) }));
  const years = [...new Set(works.map((node) => graph.year[node]))].sort((a, b) => a - b);
  const lefts = columnLefts(
    graph,
    years,
    lanes.map(({ cells }) => cells),
    measure,
  );
  const places = new Map<number, readonly [number, number]>();
  const named = new Set<number>();
  const decor: Decor[] = years.map((year, n) => ({ kind: "column", x: lefts[n], title: String(year) }));
  let top = 0;
  for (const { title, cells } of lanes) {
    let deepest = 0;
    years.forEach((year, column) => {
      const cell = cells.get(year) ?? [];
      cell.forEach((node, n) => {
        const [dx, dy] = spot(n);
        places.set(node, [lefts[column] + dx, top + HEAD + dy]);
        if (n < NAMED) named.add(node);
      });
      if (cell.length) deepest = Math.max(deepest, spot(cell.length - 1)[1]);
    });
    const bottom = top + HEAD + deepest + PADDING;
    decor.push({ kind: "lane", top, bottom, title });
    top = bottom;
  }
  const lineage = (edge: number) => isLineage(graph, edge);
  const sketch = chosen(graph, "timeline", places, shown.edges, lineage);
  for (const node of places.keys()) sketch.sides[node] = named.has(node) ? RIGHT : HIDDEN;
  return finish({
    ...sketch,
    decor,
    routes: routesOf(graph, sketch, measure),
    everyLabel: false,
    closest: 1,
    farthest: FARTHEST,
    anchor: "latest",
  });
}

// Where the n-th work of a cell stands: first rows with names, then rows of dots.
function spot(n: number): readonly [number, number] {
  if (n < NAMED) return [0, n * ROW];
  const dot = n - NAMED;
  return [(dot % DOTS_A_ROW) * DOT, NAMED * ROW - 2 + Math.floor(dot / DOTS_A_ROW) * DOT];
}

const labelOf = (graph: Graph, node: number): string => cut(graph.label[node], LETTERS.timeline);

type Cells = ReadonlyMap<number, readonly number[]>;

function byYear(graph: Graph, nodes: readonly number[]): Cells {
  const cells = new Map<number, number[]>();
  for (const node of [...nodes].sort((a, b) => graph.weight[b] - graph.weight[a] || a - b)) {
    const cell = cells.get(graph.year[node]);
    if (cell) cell.push(node);
    else cells.set(graph.year[node], [node]);
  }
  return cells;
}

// A column is as wide as the longest name in it.
function columnLefts(graph: Graph, years: readonly number[], lanes: readonly Cells[], measure: Measure): number[] {
  const lefts = [0];
  for (const year of years) {
    let widest = 44;
    for (const cells of lanes) {
      const cell = cells.get(year) ?? [];
      for (const node of cell.slice(0, NAMED))
        widest = Math.max(widest, (MARK + measure(labelOf(graph, node))) / FARTHEST);
      if (cell.length > NAMED) widest = Math.max(widest, Math.min(DOTS_A_ROW, cell.length - NAMED) * DOT);
    }
    lefts.push(lefts[lefts.length - 1] + widest + 28);
  }
  return lefts;
}

function routesOf(graph: Graph, { edges, x, y, sides }: Sketch, measure: Measure): Map<number, Route> {
  const routes = new Map<number, Route>();
  for (let edge = 0; edge < edges.length; edge += 1) {
    if (!edges[edge]) continue;
    const [a, b] = [graph.from[edge], graph.to[edge]];
    if (x[a] === x[b]) {
      const beside = bow(x[a], y[a], y[b], -Math.min(28, 10 + Math.abs(y[a] - y[b]) * 0.1));
      routes.set(edge, () => beside);
      continue;
    }
    const [left, right] = x[a] < x[b] ? [a, b] : [b, a];
    const label = sides[left] === RIGHT ? measure(labelOf(graph, left)) : 0;
    const most = x[right] - x[left] - SHORTEST;
    routes.set(edge, (scale) => {
      const gap = label && Math.min(most, clearOf({ mark: MARK, label, aside: 0 }, scale));
      const there = level([x[left] + gap, y[left]], [x[right], y[right]]);
      return left === a ? there : backwards(there);
    });
  }
  return routes;
}

// What has a year; a paper that introduces something else is told by that.
function worksOf(graph: Graph, shown: Shown): number[] {
  const works: number[] = [];
  for (let node = 0; node < graph.size; node += 1) {
    if (!shown.nodes[node] || !graph.year[node]) continue;
    const told =
      typeOf(graph, node) === "Paper" &&
      edgesAround(graph, node).some(
        (edge) =>
          graph.from[edge] === node &&
          predicateOf(graph, edge) === "introduces" &&
          shown.edges[edge] &&
          graph.year[graph.to[edge]] === graph.year[node],
      );
    if (!told) works.push(node);
  }
  return works;
}

// The regions with most works, each whole: what stands in a part of a region counts to the region.
function lanesOf(graph: Graph, works: readonly number[], others: string): [string, number[]][] {
  const lanes = new Map<number, number[]>();
  for (const node of works) {
    const home = outermost(graph, graph.home[node]);
    const lane = lanes.get(home);
    if (lane) lane.push(node);
    else lanes.set(home, [node]);
  }
  const known = [...lanes].filter(([home]) => home >= 0).sort(([a, p], [b, q]) => q.length - p.length || a - b);
  const kept: [string, number[]][] = known.slice(0, LANES).map(([home, nodes]) => [graph.regions[home].name, nodes]);
  const rest = [...known.slice(LANES).flatMap(([, nodes]) => nodes), ...(lanes.get(-1) ?? [])];
  return rest.length ? [...kept, [others, rest]] : kept;
}
