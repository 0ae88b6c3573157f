// Where nodes stand in a picture, how its lines run, and what is written around them.
import { edgesAround, type Graph } from "../graph";
import type { Family } from "../kinds";
import type { Curve } from "../paint/curves";
import type { Pictured } from "../view";

// On which side of its mark a label stands; free labels go wherever there is room.
export const FREE = 0;
export const RIGHT = 1;
export const LEFT = 2;
export const BELOW = 3;
export const ABOVE = 4;
// Only written while the node stands out.
export const HIDDEN = 5;

export type Decor =
  | { readonly kind: "column"; readonly x: number; readonly title: string }
  | { readonly kind: "lane"; readonly top: number; readonly bottom: number; readonly title: string }
  | {
      readonly kind: "caption";
      readonly x: number;
      readonly y: number;
      readonly align: "left" | "right" | "center";
      readonly text: string;
      readonly family: Family | null;
    };

// A line at a scale: it may begin behind a text, which keeps its size on the screen.
export type Route = (scale: number) => Curve;

export interface Arrangement {
  readonly show: Pictured;
  readonly present: Uint8Array;
  // How many nodes are present.
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  // The edges that are drawn; all others are not part of the picture.
  readonly edges: Uint8Array;
  // The same edges as a list.
  readonly lines: Uint32Array;
  // Lines that do not run straight from mark to mark.
  readonly routes: ReadonlyMap<number, Route>;
  readonly sides: Uint8Array;
  // Every label is drawn, whether or not others are in its way.
  readonly everyLabel: boolean;
  readonly asides: ReadonlyMap<number, string>;
  readonly decor: readonly Decor[];
  // Scales that fitting keeps between: a picture is rather seen in part than unreadable.
  readonly closest: number;
  readonly farthest: number;
  // What is seen first where not all of it can be: the place of a node, or the corner with the latest years.
  readonly anchor: number | "latest" | null;
  // Things that belong here but were left out to keep the picture readable.
  readonly leftOut: number;
}

export type Sketch = Omit<Arrangement, "count" | "lines">;

const members = (bytes: Uint8Array): Uint32Array => {
  const list: number[] = [];
  for (let n = 0; n < bytes.length; n += 1) if (bytes[n]) list.push(n);
  return Uint32Array.from(list);
};

export const finish = (sketch: Sketch): Arrangement => ({
  ...sketch,
  count: sketch.present.reduce((sum, byte) => sum + byte, 0),
  lines: members(sketch.edges),
});

// A picture of a few chosen nodes, on which those edges among them are drawn that `keep` takes.
export function chosen(
  graph: Graph,
  show: Pictured,
  places: ReadonlyMap<number, readonly [number, number]>,
  shownEdges: Uint8Array,
  keep: (edge: number) => boolean = () => true,
): Sketch {
  const present = new Uint8Array(graph.size);
  const x = new Float32Array(graph.size);
  const y = new Float32Array(graph.size);
  for (const [node, place] of places) {
    present[node] = 1;
    [x[node], y[node]] = place;
  }
  const edges = new Uint8Array(graph.edges);
  for (const node of places.keys()) {
    for (const edge of edgesAround(graph, node)) {
      const within = present[graph.from[edge]] && present[graph.to[edge]];
      if (within && shownEdges[edge] && keep(edge)) edges[edge] = 1;
    }
  }
  return {
    show,
    present,
    x,
    y,
    edges,
    routes: new Map(),
    sides: new Uint8Array(graph.size),
    everyLabel: true,
    asides: new Map(),
    decor: [],
    closest: 1,
    farthest: 0.62,
    anchor: null,
    leftOut: 0,
  };
}
