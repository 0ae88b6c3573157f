// The ledger of what contradicts what, with the sentences side by side.
import type { Conflict } from "../answers";
import { make } from "../dom";
import type { Holder } from "../view";
import { say, sayReason, type Word } from "../words";
import { type Kind, kindBar, kindKey, kindSection, quote } from "./ledger";
import { type Desk, nameButton } from "./parts";

// In the order of reading.
const KINDS = [
  "mutual",
  "negated elsewhere",
  "different numbers",
  "lineage cycle",
  "time travel",
  "two introductions",
  "two years",
  "different institutions",
  "two expansions",
  "two identifiers",
  "shared identifier",
  "shared title",
  "ambiguous name",
] as const;

export function conflictsView(desk: Desk, holder: Holder): Node[] {
  const { conflicts } = desk.answers();
  const kinds = KINDS.map((name): Kind<Conflict> => {
    const items = conflicts.filter(({ kind }) => kind === name);
    return { name: kindKey(name), word: `conflict_${name.replaceAll(" ", "_")}` as Word, items, total: items.length };
  }).filter(({ total }) => total);
  const title = make("h2", {}, say("conflicts"));
  if (!kinds.length) return [title, make("p", { class: "empty" }, say("no_conflicts"))];
  const { kind } = holder.get();
  const chosen = kinds.find(({ name }) => name === kind)?.name ?? null;
  return [
    title,
    kindBar(say("conflicts"), kinds, chosen, (name) => holder.set({ kind: name })),
    ...kinds
      .filter(({ name }) => chosen === null || name === chosen)
      .map((each) => kindSection(each, (conflict) => row(desk, conflict))),
  ];
}

function row(desk: Desk, { kind, message, about, sides, wording, facts }: Conflict): HTMLElement {
  const key = ["says", ...kind.split(" "), wording].filter(Boolean).join("_");
  const names = about.flatMap((node, n) => [n ? " · " : "", nameButton(desk, node)]);
  return make(
    "li",
    {},
    make("p", { class: "message" }, sayReason(key, facts, message)),
    make("p", { class: "also" }, ...names),
    make("div", { class: "sides" }, ...sides.map((side) => quote(desk, side))),
  );
}
