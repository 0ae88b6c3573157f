// Which lines are drawn, and how: few with every frame, many as part of a picture, those that stand out above all.
import { familyOfEdge } from "../graph";
import type { Box } from "../grid";
import type { Family } from "../kinds";
import { edgesAreLive, restStrength, type Scene } from "../scene";
import type { Pictured } from "../view";
import { type Bundle, bundles } from "./regions";
import type { LineSet } from "./strokes";

export interface Still {
  readonly sets: readonly LineSet[];
  // Lines between regions as bundles, where there are too many to tell them apart.
  readonly bundles: readonly Bundle[];
  readonly leftOut: number;
}

const MOST_LINES = 9_000;
// Up to here lines between regions are drawn one by one.
const MOST_BETWEEN = 260;
// Of what builds on what so many lines are never bundled away: it is what people look for.
const MOST_KEPT = 120;
const MOST_CURVED = 1_600;
const CALM: Partial<Record<Pictured, number>> = { map: 0.6, timeline: 0.4 };
const LOUD: Partial<Record<Family, number>> = { builds: 0.85, parts: 0.6, filed: 0.55 };

// Those of a small picture that do not stand out.
export function liveLines(scene: Scene): LineSet {
  const { arrangement, lit, scale } = scene;
  const bright = new Set(lit?.edges);
  const strength = (CALM[arrangement.show] ?? 0.8) * restStrength(scene);
  return {
    edges: [...arrangement.lines].filter((edge) => !bright.has(edge)),
    alpha: () => strength,
    width: 1,
    dashed: true,
    heads: arrangement.show === "focus" || arrangement.show === "path" || (arrangement.show === "map" && scale > 0.9),
    curved: true,
  };
}

export const litLines = ({ lit, arrangement }: Scene): LineSet => ({
  edges: lit?.edges ?? [],
  alpha: () => 0.95,
  width: 1.25,
  dashed: true,
  heads: arrangement.show !== "lineage",
  curved: true,
});

// The lines of a picture: those with an end in the view, the shortest first; those between regions only where they are few.
export function stillLines(scene: Scene, view: Box): Still {
  if (edgesAreLive(scene)) return { sets: [], bundles: [], leftOut: 0 };
  const { graph, x, y } = scene;
  const within = (node: number) =>
    x[node] >= view.left && x[node] <= view.right && y[node] >= view.top && y[node] <= view.bottom;
  const seen = (edge: number) => within(graph.from[edge]) || within(graph.to[edge]);
  const sorted = sortedLines(scene);
  const inside = sorted.inside.filter(seen);
  const between = sorted.between.filter(seen);
  const bundled = between.length > MOST_BETWEEN;
  const kept = bundled ? between.filter((edge) => familyOfEdge(graph, edge) === "builds").slice(0, MOST_KEPT) : between;
  const drawn = inside.slice(0, MOST_LINES);
  // Many lines over each other would hide the nodes.
  const faint = Math.min(1, Math.max(0.3, Math.sqrt(2_400 / Math.max(1, drawn.length))));
  return {
    sets: [stillSet(scene, drawn, 0.62 * faint), stillSet(scene, kept, bundled ? 0.4 : 0.36)],
    bundles: bundled ? sorted.bundles() : [],
    leftOut: inside.length - drawn.length,
  };
}

function stillSet({ scale }: Scene, edges: readonly number[], strength: number): LineSet {
  const curved = edges.length <= MOST_CURVED;
  return {
    edges,
    alpha: (family) => strength * (LOUD[family] ?? 0.62),
    width: Math.min(1, Math.max(0.55, scale * 1.4)),
    dashed: curved && scale > 0.4,
    heads: false,
    curved,
  };
}

interface Sorted {
  readonly inside: readonly number[];
  readonly between: readonly number[];
  bundles(): readonly Bundle[];
}

// Sorting ninety thousand lines takes as long as some frames: it is done once for an arrangement.
const sortings = new WeakMap<Uint32Array, Sorted>();
function sortedLines(scene: Scene): Sorted {
  const { graph, arrangement, x, y } = scene;
  const { lines } = arrangement;
  const known = sortings.get(lines);
  if (known) return known;
  const inside: number[] = [];
  const between: number[] = [];
  const lengths = new Float32Array(graph.edges);
  for (const edge of lines) {
    const [a, b] = [graph.from[edge], graph.to[edge]];
    lengths[edge] = (x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2;
    (isBetween(scene, edge) ? between : inside).push(edge);
  }
  let bundled: readonly Bundle[] | null = null;
  const sorted: Sorted = {
    inside: Array.from(Uint32Array.from(inside).sort((a, b) => lengths[a] - lengths[b] || a - b)),
    between,
    bundles() {
      bundled ??= bundles(graph, lines);
      return bundled;
    },
  };
  sortings.set(lines, sorted);
  return sorted;
}

function isBetween({ graph, arrangement }: Scene, edge: number): boolean {
  if (arrangement.show !== "map") return false;
  const [a, b] = [graph.home[graph.from[edge]], graph.home[graph.to[edge]]];
  return a !== b && a >= 0 && b >= 0;
}
