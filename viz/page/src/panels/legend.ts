// The legend: what marks and lines mean, how many there are, and which of them are shown.
import { button, make } from "../dom";
import { degreeOf, familyOfEdge, type Graph } from "../graph";
import { FAMILIES, FAMILY_NAMES, type Family, type PredicateName, TYPES } from "../kinds";
import { FIRST_VIEW, type Holder } from "../view";
import { number, say, type Word } from "../words";
import { type Desk, lineIcon, markIcon } from "./parts";

// The relation whose line stands for its family.
const FAMILY_ICONS: Readonly<Record<Family, PredicateName>> = {
  builds: "improvesOn",
  parts: "uses",
  made: "introduces",
  compares: "outperforms",
  runs: "targetsHardware",
  data: "evaluatedOn",
  filed: "hasTopic",
};

interface Counts {
  readonly types: readonly number[];
  readonly families: Readonly<Record<Family, number>>;
  readonly alone: number;
  readonly denied: number;
  readonly years: readonly [number, number] | null;
}

function count(graph: Graph): Counts {
  const types = TYPES.map(() => 0);
  let alone = 0;
  let [first, last] = [9999, 0];
  for (let n = 0; n < graph.size; n += 1) {
    types[graph.type[n]] += 1;
    if (degreeOf(graph, n) === 0) alone += 1;
    if (graph.year[n]) [first, last] = [Math.min(first, graph.year[n]), Math.max(last, graph.year[n])];
  }
  const families = Object.fromEntries(FAMILY_NAMES.map((family) => [family, 0])) as Record<Family, number>;
  let denied = 0;
  for (let e = 0; e < graph.edges; e += 1) {
    if (graph.denied[e]) denied += 1;
    else families[familyOfEdge(graph, e)] += 1;
  }
  return { types, families, alone, denied, years: first < last ? [first, last] : null };
}

export function drawLegend(
  place: HTMLElement,
  desk: Desk,
  holder: Holder,
  loosen: () => HTMLElement,
  toggled: () => void,
): () => void {
  const counts = count(desk.graph);
  // The map needs its legend; other pictures say in words what their lines mean.
  const open = { map: innerWidth > 1100, others: false };
  return () => {
    const kind = holder.get().show === "map" ? "map" : "others";
    const focused = place.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
    const body = make(
      "div",
      { class: "legend-body" },
      ...typeRows(desk, holder, counts),
      ...familyRows(desk, holder, counts),
    );
    body.append(...filterRows(holder, counts), loosen());
    const whole = make("details", { open: open[kind] }, make("summary", {}, say("legendShort")), body);
    whole.addEventListener("toggle", () => {
      open[kind] = whole.open;
      toggled();
    });
    place.replaceChildren(whole);
    if (focused) place.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  };
}

interface Switch {
  readonly key: string;
  readonly icon: Node | null;
  readonly label: string;
  readonly title?: string;
  readonly many: number;
  readonly pressed: boolean;
  readonly flip: () => void;
}

function row({ key, icon, label, title, many, pressed, flip }: Switch): HTMLElement {
  return make(
    "button",
    { type: "button", class: "switch", "data-key": key, title, "aria-pressed": String(pressed), click: flip },
    icon,
    make("span", {}, label),
    make("span", { class: "count" }, number(many)),
  );
}

function flipped<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

function typeRows(desk: Desk, holder: Holder, { types }: Counts): Node[] {
  const { withoutTypes } = holder.get();
  const rows = TYPES.flatMap((name, type) => {
    if (!types[type]) return [];
    const flip = () => holder.set({ withoutTypes: flipped(holder.get().withoutTypes, type) }, "touch");
    const icon = markIcon(type, desk.palette());
    return [row({ key: name, icon, label: say(name), many: types[type], pressed: !withoutTypes.has(type), flip })];
  });
  return [make("h2", {}, say("types")), ...rows];
}

function familyRows(desk: Desk, holder: Holder, { families }: Counts): Node[] {
  const { withoutFamilies } = holder.get();
  const rows = FAMILY_NAMES.flatMap((family) => {
    if (!families[family]) return [];
    const flip = () => holder.set({ withoutFamilies: flipped(holder.get().withoutFamilies, family) }, "touch");
    const icon = lineIcon(FAMILY_ICONS[family], desk.palette());
    const title = FAMILIES[family].map((predicate) => say(predicate)).join(", ");
    const pressed = !withoutFamilies.has(family);
    return [row({ key: family, icon, label: say(family), title, many: families[family], pressed, flip })];
  });
  return rows.length ? [make("h2", {}, say("relations")), ...rows] : [];
}

function filterRows(holder: Holder, counts: Counts): Node[] {
  const view = holder.get();
  const parts: Node[] = [make("h2", {}, say("filters")), confidenceRow(holder)];
  if (counts.years) parts.push(...yearRows(holder, counts.years));
  if (counts.alone) {
    const flip = () => holder.set({ alone: !holder.get().alone }, "touch");
    parts.push(row({ key: "alone", icon: null, label: say("alone"), many: counts.alone, pressed: view.alone, flip }));
  }
  if (counts.denied) {
    const flip = () => holder.set({ denied: !holder.get().denied }, "touch");
    parts.push(
      row({ key: "denied", icon: null, label: say("denied"), many: counts.denied, pressed: view.denied, flip }),
    );
  }
  const filtered = view.withoutTypes.size || view.withoutFamilies.size || view.confidence || view.years;
  if (filtered) {
    const { withoutTypes, withoutFamilies, confidence, years } = FIRST_VIEW;
    const reset = () => holder.set({ withoutTypes, withoutFamilies, confidence, years }, "touch");
    parts.push(button(say("resetFilters"), reset, { class: "more" }));
  }
  return parts;
}

function slider(
  key: Word,
  least: number,
  most: number,
  step: number,
  value: number,
  show: (n: number) => string,
  set: (n: number) => void,
): HTMLElement {
  const output = make("output", {}, show(value));
  const input = make("input", {
    type: "range",
    id: `slider-${key}`,
    "data-key": key,
    min: least,
    max: most,
    step,
    value,
    "aria-valuetext": show(value),
    // The picture follows when the slider comes to rest; the number follows at once.
    input: () => {
      output.textContent = show(Number(input.value));
      input.setAttribute("aria-valuetext", show(Number(input.value)));
    },
    change: () => set(Number(input.value)),
  });
  return make("div", { class: "slider" }, make("label", { for: `slider-${key}` }, say(key)), output, input);
}

const confidenceRow = (holder: Holder): HTMLElement =>
  slider(
    "confidence",
    0,
    100,
    5,
    holder.get().confidence,
    (n) => (n / 100).toFixed(2),
    (confidence) => holder.set({ confidence }, "touch"),
  );

function yearRows(holder: Holder, [first, last]: readonly [number, number]): Node[] {
  const [from, to] = holder.get().years ?? [first, last];
  const set = (a: number, b: number) => {
    const years = [Math.min(a, b), Math.max(a, b)] as const;
    holder.set({ years: years[0] <= first && years[1] >= last ? null : years }, "touch");
  };
  const now = () => holder.get().years ?? ([first, last] as const);
  return [
    slider("yearFrom", first, last, 1, from, String, (value) => set(value, now()[1])),
    slider("yearTo", first, last, 1, to, String, (value) => set(now()[0], value)),
  ];
}
