// Chosen things side by side; every cell has the sentence behind it, and an empty one says that the notes are silent.
import { button, make } from "../dom";
import type { Shown } from "../filter";
import { edgesAround, otherEnd, predicateOf } from "../graph";
import type { PredicateName } from "../kinds";
import { say, type Word } from "../words";
import { type Desk, kindOf, nameButton, quotes, unfolding } from "./parts";

type Aspect = readonly [Word, readonly (readonly [PredicateName, outgoing: boolean])[]];

const ASPECTS: readonly Aspect[] = [
  ["introducedBy", [["introduces", false]]],
  ["madeBy", [["affiliatedWith", true]]],
  [
    "buildsOn",
    [
      ["extends", true],
      ["improvesOn", true],
    ],
  ],
  [
    "builtOnBy",
    [
      ["extends", false],
      ["improvesOn", false],
    ],
  ],
  ["ingredients", [["uses", true]]],
  ["usedBy", [["uses", false]]],
  ["outperforms", [["outperforms", true]]],
  ["inverse-outperforms", [["outperforms", false]]],
  [
    "compared",
    [
      ["comparedWith", true],
      ["comparedWith", false],
    ],
  ],
  [
    "hardware",
    [
      ["targetsHardware", true],
      ["measuredOn", true],
    ],
  ],
  [
    "datasets",
    [
      ["evaluatedOn", true],
      ["trainedOn", true],
    ],
  ],
  ["topics", [["hasTopic", true]]],
];
const THROUGH_PAPER: ReadonlySet<PredicateName> = new Set([
  "affiliatedWith",
  "targetsHardware",
  "measuredOn",
  "evaluatedOn",
  "hasTopic",
]);
const AT_MOST = 10;

export function compareView(
  desk: Desk,
  shown: Shown,
  chosen: readonly number[],
  remove: (node: number) => void,
  adder: HTMLElement,
): Node[] {
  const { graph } = desk;
  const bar = make("div", { class: "bar" }, adder);
  if (!chosen.length) return [bar, make("p", { class: "empty" }, say("compareNone"))];
  const heads = chosen.map((node) =>
    make(
      "th",
      { scope: "col" },
      nameButton(desk, node),
      kindOf(desk, node),
      button("×", () => remove(node), {
        class: "remove",
        "aria-label": `${say("removeCompare")}: ${graph.label[node]}`,
      }),
    ),
  );
  const years = row(
    say("year"),
    chosen.map((node) => (graph.year[node] ? String(graph.year[node]) : silent())),
  );
  const rows = ASPECTS.flatMap(([word, relations]) => {
    const cells = chosen.map((node) => edgesOf(desk, shown, node, relations));
    if (!cells.some((edges) => edges.length)) return [];
    return [
      row(
        say(word),
        cells.map((edges) => (edges.length ? list(desk, edges) : silent())),
      ),
    ];
  });
  return [
    bar,
    make(
      "table",
      { class: "comparison" },
      make("thead", {}, make("tr", {}, make("td", {}), ...heads)),
      make("tbody", {}, years, ...rows),
    ),
  ];
}

const row = (name: string, cells: readonly (Node | string)[]): HTMLElement =>
  make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell)));

const silent = (): HTMLElement => make("span", { class: "silent", title: say("nothingSaid") }, "—");

// Pairs of the edge and the end to name; what a paper says of itself counts for what it introduces.
function edgesOf(desk: Desk, shown: Shown, node: number, relations: Aspect[1]): [edge: number, other: number][] {
  const { graph } = desk;
  const found = new Map<number, number>();
  const look = (from: number, only: (predicate: PredicateName) => boolean) => {
    for (const edge of edgesAround(graph, from)) {
      const predicate = predicateOf(graph, edge);
      const fits = relations.some(([name, out]) => name === predicate && out === (graph.from[edge] === from));
      if (!fits || !shown.edges[edge] || graph.denied[edge] || !only(predicate)) continue;
      const other = otherEnd(graph, edge, from);
      if (!found.has(other)) found.set(other, edge);
    }
  };
  look(node, () => true);
  for (const edge of edgesAround(graph, node)) {
    const introduced = predicateOf(graph, edge) === "introduces" && graph.to[edge] === node;
    if (introduced) look(graph.from[edge], (predicate) => THROUGH_PAPER.has(predicate));
  }
  return [...found]
    .map(([other, edge]): [number, number] => [edge, other])
    .sort(([a], [b]) => graph.confidence[b] - graph.confidence[a] || a - b);
}

function list(desk: Desk, edges: readonly (readonly [number, number])[]): HTMLElement {
  const items = edges.slice(0, AT_MOST).map(([edge, other]) =>
    make(
      "li",
      {},
      unfolding(desk.graph.label[other], [nameButton(desk, other)], () => quotes(desk, edge, 3)),
    ),
  );
  const rest = edges.length - items.length;
  if (rest > 0) items.push(make("li", { class: "also" }, `+${rest}`));
  return make("ul", {}, ...items);
}
