// The whole graph, where the layout that was computed ahead put it.

import type { Shown } from "../filter";
import type { Graph } from "../graph";
import { type Arrangement, finish } from "./arrangement";

export const arrangeMap = (graph: Graph, shown: Shown): Arrangement =>
  finish({
    show: "map",
    present: shown.nodes,
    x: graph.x,
    y: graph.y,
    edges: shown.edges,
    routes: new Map(),
    sides: new Uint8Array(graph.size),
    everyLabel: false,
    asides: new Map(),
    decor: [],
    closest: 1.6,
    farthest: 0.01,
    anchor: null,
    leftOut: 0,
  });
