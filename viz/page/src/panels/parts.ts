// What panels and tables are made of: names one can go to, icons, sentences with their place.
import type { Answers } from "../answers";
import { type Details, noteAddress } from "../details";
import { make, makeSvg } from "../dom";
import { type Graph, typeOf } from "../graph";
import { DASHES, familyOf, HEADS, type PredicateName, TYPES, WIDTHS } from "../kinds";
import { markPath } from "../paint/marks";
import type { Palette } from "../palette";
import { say } from "../words";

// What panels need to know, and what they may do.
export interface Desk {
  readonly graph: Graph;
  readonly noteUrl: string;
  readonly pageUrl: string;
  palette(): Palette;
  details(): Details;
  answers(): Answers;
  // Chooses a node, and brings it into view.
  go(node: number): void;
}

export function markIcon(type: number, palette: Palette): SVGSVGElement {
  const path = makeSvg("path", { d: markPath(type, 8, 8, 5.2), fill: palette[TYPES[type]] });
  return makeSvg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, path);
}

// A line as it is drawn, with the head of its relation.
export function lineIcon(predicate: PredicateName, palette: Palette): SVGSVGElement {
  const family = familyOf(predicate);
  const stroke = { stroke: palette[family], "stroke-width": WIDTHS[family] + 0.4 };
  const dash = DASHES[family].join(" ") || null;
  const line = makeSvg("line", { x1: 0, y1: 8, x2: 24, y2: 8, ...stroke, "stroke-dasharray": dash });
  const shape = HEADS[predicate];
  const fill = shape === "arrow" ? palette[family] : "none";
  const head = shape === "none" ? null : makeSvg("path", { d: "M19 4.6 L25.5 8 L19 11.4", ...stroke, fill });
  return makeSvg("svg", { viewBox: "0 0 26 16", class: "icon wide", "aria-hidden": "true" }, line, head);
}

export const kindOf = (desk: Desk, node: number): HTMLElement =>
  make("span", { class: "kind" }, markIcon(desk.graph.type[node], desk.palette()), say(typeOf(desk.graph, node)));

export function nameButton(desk: Desk, node: number): HTMLButtonElement {
  const go = (event: Event) => {
    event.preventDefault();
    desk.go(node);
  };
  return make("button", { type: "button", class: "to", click: go }, desk.graph.label[node]);
}

// A row whose evidence unfolds below it, written when it is first asked for.
export function unfolding(name: string, row: readonly (Node | null)[], fill: () => Node[]): HTMLElement {
  const body = make("div", { class: "unfolded", hidden: true });
  const flip = () => {
    if (body.hidden && !body.childElementCount) body.append(...fill());
    body.hidden = !body.hidden;
    fold.setAttribute("aria-expanded", String(!body.hidden));
  };
  const label = `${say("evidence")}: ${name}`;
  const fold = make(
    "button",
    { type: "button", class: "fold", "aria-expanded": "false", "aria-label": label, click: flip },
    "›",
  );
  return make("div", { class: "unfolding" }, make("div", { class: "row" }, fold, ...row), body);
}

export function meter(hundredths: number): HTMLElement {
  const text = (hundredths / 100).toFixed(2);
  const bar = makeSvg(
    "svg",
    { viewBox: "0 0 30 6", class: "meter", "aria-hidden": "true" },
    makeSvg("rect", { x: 0, y: 0, width: 30, height: 6, rx: 3, class: "meter-all" }),
    makeSvg("rect", { x: 0, y: 0, width: 0.3 * hundredths, height: 6, rx: 3, class: "meter-part" }),
  );
  return make("span", { class: "score", title: `${say("score")} ${text}` }, bar, text);
}

export function citation(desk: Desk, note: string, line: number): HTMLElement {
  const address = noteAddress(desk.noteUrl, note, line);
  const text = `${note}:${line}`;
  return make("cite", {}, address ? make("a", { href: address, rel: "noopener noreferrer" }, text) : text);
}

export function quotes(desk: Desk, edge: number, most = Number.POSITIVE_INFINITY): HTMLElement[] {
  const details = desk.details();
  const all = details.evidence(edge);
  const shown = all
    .slice(0, most)
    .map(({ note, line, sentence }) => make("blockquote", {}, sentence, citation(desk, note, line)));
  const rest = all.length - shown.length + details.more(edge);
  return rest > 0 ? [...shown, make("p", { class: "also" }, say("morePlaces", { n: rest }))] : shown;
}
