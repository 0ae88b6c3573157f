// The relations of one kind that a thing has: a short list as it is; a long one by region of the map, with a filter.
import { button, make } from "../dom";
import { type Graph, otherEnd, outermost } from "../graph";
import type { Group } from "../groups";
import { fold } from "../text";
import { say, sayRelation } from "../words";
import { type Desk, lineIcon, meter, nameButton, quotes, unfolding } from "./parts";

const AT_FIRST = 12;
const MORE = 60;
// From here on a list is long.
const LONG = 25;

export function relationSection(desk: Desk, node: number, group: Group): HTMLElement {
  const { predicate, outgoing, edges } = group;
  const says = sayRelation(predicate, outgoing);
  const icon = lineIcon(predicate, desk.palette());
  const title = make("h3", {}, icon, says, make("span", { class: "count" }, String(edges.length)));
  const rows = make("div", { class: "rows" });
  if (edges.length < LONG) {
    rows.append(...growing(desk, node, edges));
    return make("section", {}, title, rows);
  }
  const draw = (wanted: string) => {
    const fitting = edges.filter((edge) => namesHold(desk.graph, otherEnd(desk.graph, edge, node), wanted));
    rows.replaceChildren(...(wanted ? growing(desk, node, fitting) : byRegion(desk, node, edges)));
  };
  draw("");
  const input = make("input", {
    type: "search",
    class: "filter",
    placeholder: say("filterList"),
    "aria-label": `${say("filterList")}: ${says}`,
    input: (event) => draw(fold((event.target as HTMLInputElement).value)),
  });
  return make("section", {}, title, input, rows);
}

// The first rows, and a button that brings more.
function growing(desk: Desk, node: number, edges: readonly number[], first = AT_FIRST): HTMLElement[] {
  const rows = edges.slice(0, first).map((edge) => relationRow(desk, edge, otherEnd(desk.graph, edge, node)));
  const rest = edges.slice(first);
  if (!rest.length) return rows;
  const more = button(say("showMore", { n: rest.length }), () => more.replaceWith(...growing(desk, node, rest, MORE)), {
    class: "more",
  });
  return [...rows, more];
}

// What stands together on the map stands together in the list; the largest part is open.
function byRegion(desk: Desk, node: number, edges: readonly number[]): HTMLElement[] {
  const { graph } = desk;
  const regions = new Map<number, number[]>();
  for (const edge of edges) {
    const home = outermost(graph, graph.home[otherEnd(graph, edge, node)]);
    const known = regions.get(home);
    if (known) known.push(edge);
    else regions.set(home, [edge]);
  }
  const order = [...regions].sort(([a, p], [b, q]) => Number(a < 0) - Number(b < 0) || q.length - p.length || a - b);
  if (order.length < 2) return growing(desk, node, edges);
  return order.map(([home, list], n) => {
    const name = (home >= 0 && graph.regions[home].name) || say("others");
    const summary = make("summary", {}, name, make("span", { class: "count" }, String(list.length)));
    return make("details", { class: "cluster", open: n === 0 }, summary, ...growing(desk, node, list));
  });
}

const namesHold = (graph: Graph, node: number, wanted: string): boolean =>
  [graph.label[node], ...(graph.aliases.get(node) ?? [])].some((name) => fold(name).includes(wanted));

// One relation with its other end; its sentences are written when it is opened.
function relationRow(desk: Desk, edge: number, other: number): HTMLElement {
  const { graph } = desk;
  const denied = graph.denied[edge] ? make("em", { class: "denied" }, `${say("not")} `) : null;
  const row = [denied, nameButton(desk, other), meter(graph.confidence[edge])];
  return unfolding(graph.label[other], row, () => quotes(desk, edge));
}
