// Chosen works side by side: every value cites its line, and an empty cell says that the notes are silent.
import type { Cell, Contest, Value } from "../answers";
import { button, make } from "../dom";
import type { PredicateName } from "../kinds";
import { say, sayRelation, type Word } from "../words";
import { cite, nameOf, quote } from "./ledger";
import { type Desk, kindOf, nameButton, unfolding } from "./parts";

// Relations that share a heading with another, and are named.
const TOLD: ReadonlySet<PredicateName> = new Set<PredicateName>(["extends", "improvesOn", "measuredOn", "trainedOn"]);
const AT_ONCE = 6;

export function compareView(
  desk: Desk,
  chosen: readonly number[],
  remove: (node: number) => void,
  adder: HTMLElement,
): Node[] {
  const bar = make("div", { class: "bar" }, adder);
  const title = make("h2", {}, say("compare"));
  if (!chosen.length) return [title, bar, make("p", { class: "empty" }, say("compareNone"))];
  const { aspects, cell, contests } = desk.answers();
  const rows = aspects.map((name, aspect) =>
    row(
      desk,
      say(`aspect_${name.replaceAll(" ", "_")}` as Word),
      chosen,
      chosen.map((node) => cell(node, aspect)),
    ),
  );
  const heads = chosen.map((node) => head(desk, node, remove));
  return [
    title,
    bar,
    make(
      "table",
      { class: "comparison" },
      make("thead", {}, make("tr", {}, make("td", {}), ...heads)),
      make("tbody", {}, ...rows),
    ),
    make("p", { class: "also" }, say("compare_legend")),
    ...between(desk, contests(chosen)),
  ];
}

const head = (desk: Desk, node: number, remove: (node: number) => void): HTMLElement =>
  make(
    "th",
    { scope: "col" },
    nameButton(desk, node),
    kindOf(desk, node),
    button("×", () => remove(node), {
      class: "remove",
      "aria-label": `${say("removeCompare")}: ${desk.graph.label[node]}`,
    }),
  );

function row(desk: Desk, name: string, chosen: readonly number[], cells: readonly Cell[]): HTMLElement {
  const parts = cells.map((cell, n) =>
    make("td", {}, make("span", { class: "of", "aria-hidden": "true" }, desk.graph.label[chosen[n]]), list(desk, cell)),
  );
  return make("tr", {}, make("th", { scope: "row" }, name), ...parts);
}

function list(desk: Desk, { values, more }: Cell): Node {
  if (!values.length) return make("span", { class: "silent", title: say("nothingSaid") }, "—");
  const items = make("ul", {}, ...values.slice(0, AT_ONCE).map((value) => item(desk, value)));
  const rest = values.slice(AT_ONCE);
  if (!rest.length && !more) return items;
  const all = make("ul", {}, ...rest.map((value) => item(desk, value)));
  if (more) all.append(make("li", { class: "also" }, say("moreUnlisted", { n: more })));
  return make("div", {}, items, make("details", {}, make("summary", {}, `+${rest.length + more}`), all));
}

function item(desk: Desk, { what, predicate, denied, figures, place }: Value): HTMLElement {
  const name = what === "" && place ? desk.details().sentence(place[2]) : what;
  const parts = [
    denied ? make("em", { class: "denied" }, say("negated")) : null,
    predicate && TOLD.has(predicate) ? make("span", { class: "says" }, sayRelation(predicate, true)) : null,
    make("span", { class: denied ? "struck" : null }, nameOf(desk, name)),
    figures.length ? make("strong", {}, figures.join(", ")) : null,
    place ? cite(desk, place) : null,
  ].flatMap((part) => (part ? [part, " "] : []));
  // A sentence that stands there already need not unfold.
  if (!place || what === "") return make("li", { class: "value" }, ...parts);
  const label = typeof what === "number" ? desk.graph.label[what] : what;
  return make(
    "li",
    { class: "value" },
    unfolding(label, [make("span", {}, ...parts)], () => [quote(desk, place)]),
  );
}

// Who outperforms, or is compared with, whom among the chosen works.
function between(desk: Desk, contests: readonly Contest[]): Node[] {
  if (!contests.length) return [];
  const rows = contests.map(({ subject, object, predicate, denied, datasets, metric, figures, places }) =>
    make(
      "li",
      {},
      make(
        "p",
        { class: "hop" },
        denied ? make("em", { class: "denied" }, say("negated")) : null,
        nameButton(desk, subject),
        make("span", { class: "says" }, sayRelation(predicate, true)),
        nameButton(desk, object),
        datasets.length ? make("span", { class: "also" }, `${say("with_datasets")} ${datasets.join(", ")}`) : null,
        metric ? make("span", { class: "also" }, metric) : null,
        figures.length ? make("strong", {}, figures.join(", ")) : null,
      ),
      ...places.map((place) => quote(desk, place)),
    ),
  );
  const heading = make("h3", {}, say("contests"), make("span", { class: "count" }, String(contests.length)));
  return [
    make("section", { class: "kind-section", id: "contests" }, heading, make("ul", { class: "ledger" }, ...rows)),
  ];
}
