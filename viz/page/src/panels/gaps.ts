// What the notes lack: what to read next, and missing facts, each with its reason and places.
import type { Gap } from "../answers";
import { make } from "../dom";
import type { Holder } from "../view";
import { say, sayReason, type Word } from "../words";
import { type Kind, kindBar, kindKey, kindSection, nameOf, quote } from "./ledger";
import { type Desk, unfolding } from "./parts";

// In the order of reading.
const KINDS = [
  "unread",
  "no paper",
  "no year",
  "no hardware",
  "no dataset",
  "empty cell",
  "stale topic",
  "one source",
] as const;

export function gapsView(desk: Desk, holder: Holder): Node[] {
  const { gaps, totals } = desk.answers();
  const kinds = KINDS.map((name): Kind<Gap> => {
    const items = gaps.filter(({ kind }) => kind === name);
    const word = `gap_${name.replaceAll(" ", "_")}` as Word;
    return { name: kindKey(name), word, items, total: totals.get(name) ?? items.length };
  }).filter(({ items }) => items.length);
  const title = make("h2", {}, say("gaps"));
  if (!kinds.length) return [title, make("p", { class: "empty" }, say("no_gaps"))];
  const { kind } = holder.get();
  const chosen = kinds.find(({ name }) => name === kind)?.name ?? null;
  return [
    title,
    make("p", { class: "also" }, say("gaps_lead")),
    kindBar(say("gaps"), kinds, chosen, (name) => holder.set({ kind: name })),
    ...kinds
      .filter(({ name }) => chosen === null || name === chosen)
      .map((each) => kindSection(each, (gap) => row(desk, gap))),
  ];
}

function row(desk: Desk, { kind, about, reason, facts, places }: Gap): HTMLElement {
  const between = kind === "one source" ? " – " : " × ";
  const names = make("span", { class: "names" }, ...about.flatMap((what, n) => [n ? between : "", nameOf(desk, what)]));
  const why = make("p", { class: "reason" }, sayReason(`why_${kind.replaceAll(" ", "_")}`, facts, reason));
  if (!places.length) return make("li", {}, make("div", { class: "row" }, names), why);
  const label = about.map((what) => (typeof what === "number" ? desk.graph.label[what] : what)).join(between);
  return make(
    "li",
    {},
    unfolding(label, [names], () => places.map((place) => quote(desk, place))),
    why,
  );
}
