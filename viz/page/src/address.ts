// A view as the part of an address behind the #, and back. What is as usual is not told.
import { type Graph, keyOf, nodeOfKey } from "./graph";
import { FAMILY_NAMES, type Family, TYPES } from "./kinds";
import type { Matrix, Show, View, Way } from "./view";

const SHOWS: readonly Show[] = [
  "map",
  "focus",
  "lineage",
  "path",
  "timeline",
  "matrix",
  "compare",
  "conflicts",
  "gaps",
  "table",
];
const KIND = /^[a-z-]{1,40}$/;
const WAYS: readonly Way[] = ["down", "up", "both"];
const MATRICES: readonly Matrix[] = ["institutions", "hardware", "datasets"];

// Where the map stands: its middle and its scale.
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export function toAddress(graph: Graph, view: View, usual: View, camera: Camera | null = null): string {
  const parts: [string, string][] = [];
  const tell = (key: string, value: string, usually: string) => {
    if (value !== usually) parts.push([key, value]);
  };
  const key = (node: number | null) => (node === null ? "" : keyOf(graph, node));
  const keys = (nodes: readonly number[]) => nodes.map((node) => keyOf(graph, node)).join(" ");
  tell("show", view.show, "map");
  tell("n", key(view.selected), "");
  tell("edge", view.edge === null ? "" : edgeKey(graph, view.edge), "");
  if (view.show === "focus" || view.show === "lineage") tell("of", key(view.centre), "");
  if (view.show === "focus") {
    tell("hops", String(view.hops), "1");
    tell("open", keys(view.opened), "");
    tell("shut", keys(view.closed), "");
  }
  if (view.show === "lineage") {
    tell("way", view.way, "both");
    tell("by", view.by, "generation");
    tell("uses", view.withUses ? "1" : "", "");
  }
  if (view.show === "path" && view.path) tell("path", keys(view.path), "");
  tell("compare", keys(view.compared), "");
  if (view.show === "conflicts" || view.show === "gaps") tell("kind", view.kind ?? "", "");
  if (view.show === "matrix") tell("matrix", view.matrix, "institutions");
  tell(
    "without",
    [...view.withoutTypes]
      .sort((a, b) => a - b)
      .map((type) => TYPES[type])
      .join(" "),
    "",
  );
  tell("no", [...view.withoutFamilies].sort().join(" "), "");
  tell("c", String(view.confidence), "0");
  tell("years", view.years ? view.years.join("-") : "", "");
  tell("denied", view.denied ? "1" : "", "");
  tell("alone", view.alone ? "1" : "", usual.alone ? "1" : "");
  tell("lang", view.language, usual.language);
  tell("theme", view.theme, "auto");
  if (camera && view.show === "map") {
    const { x, y } = straight(graph, camera);
    tell("at", `${Math.round(x)},${Math.round(y)},${camera.scale.toPrecision(3)}`, "");
  }
  return parts.map(([name, value]) => `${name}=${encode(value)}`).join("&");
}

// Spaces as +, and what an address can show as it is.
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll("%20", "+").replaceAll("%3A", ":").replaceAll("%2C", ",");

// An edge is told by its ends and its predicate's place among the edges between them.
function edgeKey(graph: Graph, edge: number): string {
  return `${keyOf(graph, graph.from[edge])} ${graph.predicate[edge]} ${keyOf(graph, graph.to[edge])}`;
}

export function fromAddress(graph: Graph, text: string, usual: View): View {
  const told = new URLSearchParams(text);
  const node = (key: string) => nodeOfKey(graph, told.get(key) ?? "");
  const nodes = (key: string) =>
    (told.get(key) ?? "")
      .split(" ")
      .map((name) => nodeOfKey(graph, name))
      .filter((n): n is number => n !== null);
  const one = <T extends string>(key: string, values: readonly T[], otherwise: T): T =>
    values.find((value) => value === told.get(key)) ?? otherwise;
  const path = nodes("path");
  const types = (told.get("without") ?? "").split(" ").map((name) => (TYPES as readonly string[]).indexOf(name));
  const families = (told.get("no") ?? "").split(" ");
  const view: View = {
    ...usual,
    show: one("show", SHOWS, "map"),
    selected: node("n"),
    edge: readEdge(graph, told.get("edge") ?? ""),
    centre: node("of"),
    hops: bounded(told.get("hops"), 1, 3, 1),
    opened: nodes("open"),
    closed: nodes("shut"),
    way: one("way", WAYS, "both"),
    by: one("by", ["generation", "year"] as const, "generation"),
    withUses: told.has("uses"),
    path: path.length === 2 ? [path[0], path[1]] : null,
    compared: nodes("compare"),
    matrix: one("matrix", MATRICES, "institutions"),
    kind: KIND.exec(told.get("kind") ?? "")?.[0] ?? null,
    withoutTypes: new Set(types.filter((type) => type >= 0)),
    withoutFamilies: new Set(families.filter((name): name is Family => (FAMILY_NAMES as string[]).includes(name))),
    confidence: bounded(told.get("c"), 0, 100, 0),
    years: readYears(told.get("years") ?? ""),
    denied: told.has("denied"),
    alone: told.has("alone") || usual.alone,
    language: one("lang", ["en", "zh"] as const, usual.language),
    theme: one("theme", ["auto", "light", "dark"] as const, "auto"),
  };
  return complete(view) ? view : { ...view, show: "map" };
}

// An address means the same place on a map that lies on its side.
const straight = ({ turned }: Graph, { x, y, scale }: Camera): Camera =>
  turned ? { x: y, y: x, scale } : { x, y, scale };

export function readCamera(graph: Graph, text: string): Camera | null {
  const numbers = (new URLSearchParams(text).get("at") ?? "").split(",").map(Number);
  const [x, y, scale] = numbers;
  return numbers.length === 3 && numbers.every(Number.isFinite) && scale > 0 ? straight(graph, { x, y, scale }) : null;
}

// A focus without a centre, or a path without ends, cannot be shown.
const complete = (view: View): boolean =>
  view.show === "focus" || view.show === "lineage" ? view.centre !== null : view.show !== "path" || view.path !== null;

function bounded(text: string | null, least: number, most: number, otherwise: number): number {
  const number = Number(text ?? Number.NaN);
  return Number.isFinite(number) ? Math.min(most, Math.max(least, Math.round(number))) : otherwise;
}

function readYears(text: string): readonly [number, number] | null {
  const found = /^(\d{4})-(\d{4})$/.exec(text);
  return found ? [Number(found[1]), Number(found[2])] : null;
}

function readEdge(graph: Graph, text: string): number | null {
  const [from, predicate, to] = text.split(" ");
  const [start, end] = [nodeOfKey(graph, from ?? ""), nodeOfKey(graph, to ?? "")];
  if (start === null || end === null) return null;
  for (let at = graph.start[start]; at < graph.start[start + 1]; at += 1) {
    const edge = graph.around[at];
    if (graph.from[edge] === start && graph.to[edge] === end && graph.predicate[edge] === Number(predicate))
      return edge;
  }
  return null;
}
