// What lists of answers have in common: kinds to choose from, headings with a number, long lists that go on when asked.
import type { Named, Place } from "../answers";
import { button, make } from "../dom";
import { number, say, type Word } from "../words";
import { citation, type Desk, nameButton } from "./parts";

// A kind of answer, with all that is listed of it and how many there are.
export interface Kind<T> {
  readonly name: string;
  readonly word: Word;
  readonly items: readonly T[];
  readonly total: number;
}

const AT_ONCE = 40;

export const kindKey = (kind: string): string => kind.replaceAll(" ", "-");

export function kindBar<T>(
  label: string,
  kinds: readonly Kind<T>[],
  chosen: string | null,
  choose: (kind: string | null) => void,
): HTMLElement {
  const one = (name: string | null, text: string, total: number) =>
    button(`${text} ${number(total)}`, () => choose(name), { "aria-pressed": String(name === chosen) });
  const all = kinds.reduce((sum, { total }) => sum + total, 0);
  return make(
    "div",
    { class: "bar kinds", role: "group", "aria-label": label },
    one(null, say("allKinds"), all),
    ...kinds.map(({ name, word, total }) => one(name, say(word), total)),
  );
}

export function kindSection<T>({ word, items, total, name }: Kind<T>, draw: (item: T) => HTMLElement): HTMLElement {
  const list = make("ul", { class: "ledger" });
  const section = make(
    "section",
    { class: "kind-section", "data-kind": kindKey(name) },
    make("h3", {}, say(word), make("span", { class: "count" }, number(total))),
    list,
  );
  const more = button("", () => goOn(), { class: "more" });
  function goOn(): void {
    const from = list.childElementCount;
    list.append(...items.slice(from, from + AT_ONCE).map(draw));
    const rest = items.length - list.childElementCount;
    more.textContent = say("showMore", { n: number(rest) });
    if (!rest) more.replaceWith(...unlisted(total - items.length));
  }
  section.append(more);
  goOn();
  return section;
}

const unlisted = (rest: number): HTMLElement[] =>
  rest > 0 ? [make("p", { class: "also" }, say("moreUnlisted", { n: number(rest) }))] : [];

export const nameOf = (desk: Desk, what: Named): Node =>
  typeof what === "number" ? nameButton(desk, what) : document.createTextNode(what);

// A sentence with its place; a place without a sentence alone.
export function quote(desk: Desk, [note, line, sentence]: Place): HTMLElement {
  const details = desk.details();
  return make("blockquote", {}, details.sentence(sentence), citation(desk, details.note(note), line));
}

export const cite = (desk: Desk, [note, line]: Place): HTMLElement => citation(desk, desk.details().note(note), line);
