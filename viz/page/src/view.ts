// What is looked at: one frozen value, and the one place that holds the present one.
import type { Family } from "./kinds";

export type Pictured = "map" | "focus" | "lineage" | "path" | "timeline";
export type Show = Pictured | "matrix" | "compare" | "conflicts" | "gaps" | "table";
export type Way = "down" | "up" | "both";
export type Matrix = "institutions" | "hardware" | "datasets";

export interface View {
  readonly show: Show;
  readonly selected: number | null;
  readonly edge: number | null;
  // Somebody has asked for a path from here, and not yet said where to.
  readonly pathFrom: number | null;
  // The cell of a matrix that is being read.
  readonly cell: { readonly title: string; readonly edges: readonly number[] } | null;
  // Of a focus or a lineage.
  readonly centre: number | null;
  readonly hops: number;
  readonly opened: readonly number[];
  readonly closed: readonly number[];
  readonly way: Way;
  readonly by: "generation" | "year";
  readonly withUses: boolean;
  readonly path: readonly [number, number] | null;
  readonly compared: readonly number[];
  readonly matrix: Matrix;
  // Of conflicts or gaps; null for all kinds.
  readonly kind: string | null;
  readonly withoutTypes: ReadonlySet<number>;
  readonly withoutFamilies: ReadonlySet<Family>;
  // In hundredths.
  readonly confidence: number;
  readonly years: readonly [number, number] | null;
  readonly denied: boolean;
  readonly alone: boolean;
  readonly language: "en" | "zh";
  readonly theme: "auto" | "light" | "dark";
}

export const FIRST_VIEW: View = {
  show: "map",
  selected: null,
  edge: null,
  pathFrom: null,
  cell: null,
  centre: null,
  hops: 1,
  opened: [],
  closed: [],
  way: "both",
  by: "generation",
  withUses: false,
  path: null,
  compared: [],
  matrix: "institutions",
  kind: null,
  withoutTypes: new Set(),
  withoutFamilies: new Set(),
  confidence: 0,
  years: null,
  denied: false,
  alone: false,
  language: "en",
  theme: "auto",
};

// A step is a change that people go back from; a touch is not (a slider, a switch of the legend).
export type Change = "step" | "touch";
export type Listener = (view: View, before: View, change: Change) => void;

export interface Holder {
  get(): View;
  set(patch: Partial<View>, change?: Change): void;
  listen(listener: Listener): void;
}

export function holdView(first: View): Holder {
  let view = first;
  const listeners: Listener[] = [];
  return {
    get: () => view,
    set(patch, change = "step") {
      const before = view;
      view = Object.freeze({ ...before, ...patch });
      for (const listener of listeners) listener(view, before, change);
    },
    listen: (listener) => void listeners.push(listener),
  };
}

// Shown as tables rather than as pictures.
const SHEETS: ReadonlySet<Show> = new Set<Show>(["table", "matrix", "compare", "conflicts", "gaps"]);
export const isSheet = (show: Show): boolean => SHEETS.has(show);
// What needs the answers that were worked out when the page was made.
const ANSWERED: ReadonlySet<Show> = new Set<Show>(["compare", "conflicts", "gaps"]);
export const isAnswer = (show: Show): boolean => ANSWERED.has(show);

export const differs = (a: View, b: View, ...keys: (keyof View)[]): boolean => keys.some((key) => a[key] !== b[key]);

// Which parts of a view change what is drawn where, and what is drawn at all.
export const FILTERS: (keyof View)[] = ["withoutTypes", "withoutFamilies", "confidence", "years", "denied", "alone"];
export const ARRANGING: (keyof View)[] = [
  "show",
  "centre",
  "hops",
  "opened",
  "closed",
  "way",
  "by",
  "withUses",
  "path",
  "language",
];
