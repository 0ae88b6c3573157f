// What the parts of the page share.
import { type Answers, type PackedAnswers, readAnswers } from "./answers";
import { type Details, readDetails } from "./details";
import { byId } from "./dom";
import { type Seen, seenPart } from "./export/seen";
import type { Shown } from "./filter";
import { type Finder, makeFinder } from "./find";
import type { Covered } from "./fitting";
import type { Graph } from "./graph";
import { type PackedDetails, type PackedGraph, readIsland } from "./islands";
import type { Rect } from "./paint/labels";
import type { Palette } from "./palette";
import type { Stage } from "./stage";
import { type Holder, isSheet } from "./view";

export interface Context {
  readonly graph: Graph;
  readonly packed: PackedGraph;
  readonly holder: Holder;
  readonly stage: Stage;
  // These follow the view.
  shown: Shown;
  palette: Palette;
}

export const elements = () => ({
  graph: byId("graph"),
  stage: byId("stage"),
  panel: byId("panel"),
  sheet: byId("sheet"),
  legend: byId("legend"),
  bar: byId("bar"),
  help: byId<HTMLDialogElement>("help-dialog"),
});

const NARROW = 720;
// As much of a narrow page as the style sheet gives to the panel that has not been pulled up.
const SHEET = 0.3;
// In pixels, beside the box that zooms.
const BESIDE = 14;

// What covers the canvas at its sides, in pixels.
export function covered(): Covered {
  const { graph, panel, legend, bar } = elements();
  const narrow = innerWidth <= NARROW;
  const isOpen = legend.querySelector("details")?.open ?? false;
  return {
    left: isOpen && !narrow ? legend.offsetWidth + 16 : 0,
    right: narrow ? 0 : (panel.hidden ? 0 : panel.offsetWidth) + byId("zoom").offsetWidth + BESIDE,
    top: bar.hidden ? 0 : bar.offsetHeight + 8,
    // Its contents may still be on their way, so that its height is not yet known.
    bottom: panel.hidden || !narrow ? 0 : Math.round(SHEET * graph.clientHeight),
  };
}

// What lies above the canvas: labels stay clear of it. Measured when the page changes, not with every frame.
let above: readonly Rect[] = [];
export function measureObstacles(): void {
  const { graph, legend, bar, panel } = elements();
  const { left, top } = graph.getBoundingClientRect();
  above = [legend, bar, panel, byId("zoom"), byId("status")].flatMap((part): Rect[] => {
    const box = part.getBoundingClientRect();
    return box.width ? [[box.left - left, box.top - top, box.right - left, box.bottom - top]] : [];
  });
}
export const obstacles = (): readonly Rect[] => above;

export const announce = (text: string): void => {
  byId("announcer").textContent = text;
};

// Read when somebody first asks for them: in a large page they are most of it.
let details: Promise<Details> | null = null;
let read: Details | null = null;
export function openDetails(): Promise<Details> {
  details ??= readIsland<PackedDetails>("details").then((packed) => {
    read = readDetails(packed);
    return read;
  });
  return details;
}
export const detailsAtHand = (): Details | null => read;

let answers: Promise<Answers> | null = null;
let known: Answers | null = null;
export function openAnswers(): Promise<Answers> {
  answers ??= readIsland<PackedAnswers>("answers").then((packed) => {
    known = readAnswers(packed);
    return known;
  });
  return answers;
}
export const answersAtHand = (): Answers | null => known;

let finder: Finder | null = null;
export function find(graph: Graph): Finder {
  finder ??= makeFinder(graph);
  return finder;
}

// Of a picture of its own what it shows; of the map and the tables what the filters leave.
export function seen({ graph, stage, holder, shown }: Context): Seen {
  const { show, selected } = holder.get();
  const { arrangement } = stage.scene;
  return isSheet(show) || show === "map"
    ? seenPart(graph, shown.nodes, shown.edges, selected)
    : seenPart(graph, arrangement.present, arrangement.edges, null);
}
