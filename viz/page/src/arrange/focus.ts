// A thing in the middle, where it comes from on the left, what comes of it on the right: a tree that reads like text.
import type { Shown } from "../filter";
import { edgesAround, type Graph, otherEnd } from "../graph";
import { type Group, groupsOf, type Side } from "../groups";
import { familyOf } from "../kinds";
import { backwards, level } from "../paint/curves";
import { cut, type Measure } from "../text";
import type { View } from "../view";
import {
  type Arrangement,
  BELOW,
  chosen,
  type Decor,
  finish,
  LEFT,
  RIGHT,
  type Route,
  type Sketch,
} from "./arrangement";
import { clearOf, type Labelled, LETTERS } from "./letters";

export type FocusAsked = Pick<View, "hops" | "opened" | "closed"> & { readonly centre: number };
// What a group is called: its name, how many of how many are drawn.
export type Caption = (group: Group, drawn: number) => string;

const ROW = 25;
const BETWEEN_GROUPS = 30;
const CAPTION = 22;
const MARK = 12;
// A line is at least as long.
const SHORTEST = 30;
const FARTHEST = 0.58;
const MOST = 170;
// How many of a group are drawn: around the middle, and around others.
const MOST_NEAR = 24;
const MOST_FAR = 7;

interface Branch {
  readonly node: number;
  readonly edge: number; // to its parent; -1 for the middle
  readonly groups: { readonly group: Group; readonly branches: Branch[] }[];
}

export function arrangeFocus(
  graph: Graph,
  shown: Shown,
  asked: FocusAsked,
  measure: Measure,
  caption: Caption,
): Arrangement {
  const grown = grow(graph, shown, asked);
  const places = new Map<number, readonly [number, number]>([[asked.centre, [0, 0]]]);
  const routes = new Map<number, Route>();
  const decor: Decor[] = [];
  const sides = new Map<number, number>([[asked.centre, BELOW]]);
  const asides = asidesOf(graph, shown, grown.members);
  const texts = textsOf(graph, grown.members, asides, measure);
  for (const side of ["left", "right"] as const) {
    const groups = grown.root.groups.filter(({ group }) => group.side === side);
    const drawing = { places, routes, decor, sides };
    new SideDrawing(graph, side, groups, texts, caption, drawing).draw();
  }
  const tree = grown.edges;
  const sketch: Sketch = chosen(graph, "focus", places, shown.edges);
  for (const [node, side] of sides) sketch.sides[node] = side;
  // Relations between two that are drawn for other reasons come out when one of them is looked at.
  for (let edge = 0; edge < sketch.edges.length; edge += 1) {
    if (sketch.edges[edge] && !tree.has(edge) && !isParallel(graph, edge, asked.centre)) sketch.edges[edge] = 0;
  }
  return finish({ ...sketch, routes, decor, asides, leftOut: grown.leftOut, anchor: asked.centre, farthest: FARTHEST });
}

// How many relations of each thing, of those that the filters leave, lead out of the picture: what can be expanded.
function asidesOf(graph: Graph, shown: Shown, members: ReadonlySet<number>): Map<number, string> {
  const asides = new Map<number, string>();
  for (const node of members) {
    const leadsOut = (edge: number) => shown.edges[edge] === 1 && !members.has(otherEnd(graph, edge, node));
    const more = edgesAround(graph, node).filter(leadsOut).length;
    if (more) asides.set(node, `+${more}`);
  }
  return asides;
}

const isParallel = (graph: Graph, edge: number, centre: number): boolean =>
  graph.from[edge] === centre || graph.to[edge] === centre;

function textsOf(
  graph: Graph,
  members: Iterable<number>,
  asides: ReadonlyMap<number, string>,
  measure: Measure,
): Map<number, Labelled> {
  const texts = new Map<number, Labelled>();
  for (const node of members) {
    const label = measure(cut(graph.label[node], LETTERS.focus));
    texts.set(node, { mark: MARK, label, aside: measure(asides.get(node) ?? "") });
  }
  return texts;
}

interface Grown {
  readonly root: Branch;
  readonly members: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
  readonly leftOut: number;
}

// Grows the tree breadth first, so that what is near has its place before what is far.
function grow(graph: Graph, shown: Shown, { centre, hops, opened, closed }: FocusAsked): Grown {
  const root: Branch = { node: centre, edge: -1, groups: [] };
  const placed = new Set([centre]);
  const edges = new Set<number>();
  let leftOut = 0;
  let level: Branch[] = [root];
  for (let hop = 1; level.length; hop += 1) {
    const next: Branch[] = [];
    for (const branch of level) {
      const { node } = branch;
      const open = node === centre || opened.includes(node) || (hop <= hops && !closed.includes(node));
      if (!open) continue;
      const most = node === centre || opened.includes(node) ? MOST_NEAR : MOST_FAR;
      for (const group of groupsOf(graph, node, (edge) => shown.edges[edge] === 1 && edge !== branch.edge)) {
        const fresh = group.edges.filter((edge) => !placed.has(otherEnd(graph, edge, node)));
        const first = byImportance(graph, fresh, node).slice(0, Math.min(most, Math.max(0, MOST - placed.size)));
        leftOut += fresh.length - first.length;
        const branches = first.flatMap((edge): Branch[] => {
          const other = otherEnd(graph, edge, node);
          if (placed.has(other)) return [];
          placed.add(other);
          edges.add(edge);
          return [{ node: other, edge, groups: [] }];
        });
        if (branches.length) branch.groups.push({ group, branches });
        next.push(...branches);
      }
    }
    level = next;
  }
  return { root, members: placed, edges, leftOut };
}

// Of many the most important ones, in the order in which the group has them.
function byImportance(graph: Graph, edges: readonly number[], node: number): number[] {
  const weight = (edge: number) => graph.weight[otherEnd(graph, edge, node)];
  return [...edges].sort((a, b) => weight(b) - weight(a) || a - b);
}

interface Drawing {
  readonly places: Map<number, readonly [number, number]>;
  readonly routes: Map<number, Route>;
  readonly decor: Decor[];
  readonly sides: Map<number, number>;
}

// One side: rows below each other, each branch in the middle of what hangs on it, columns further and further out.
class SideDrawing {
  private readonly sign: 1 | -1;
  // Where the columns stand, from the middle outwards.
  private readonly columns: readonly number[];
  // The height of the next free row.
  private y = 0;
  private readonly captions: Extract<Decor, { kind: "caption" }>[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly side: Side,
    private readonly groups: Branch["groups"],
    private readonly texts: ReadonlyMap<number, Labelled>,
    private readonly caption: Caption,
    private readonly drawing: Drawing,
  ) {
    this.sign = side === "left" ? -1 : 1;
    const widths: number[] = [];
    this.survey(groups, 0, widths);
    // The higher the tree, the further away from its middle, so that lines do not become steep.
    const first = Math.min(430, Math.max(170, 110 + 0.16 * ROW * nodesOf(groups).length));
    this.columns = widths.map(
      (_, depth) => this.sign * widths.slice(0, depth).reduce((sum, width) => sum + width, first),
    );
  }

  draw(): void {
    const { places, decor } = this.drawing;
    this.putGroups(this.groups, 0);
    const shift = -(this.y - ROW) / 2;
    for (const node of nodesOf(this.groups)) {
      const [x, y] = places.get(node)!;
      places.set(node, [x, y + shift]);
    }
    for (const item of this.captions) decor.push({ ...item, y: item.y + shift });
    this.route(this.groups, null);
  }

  // At whatever scale the picture is shown, texts end before the next column.
  private survey(groups: Branch["groups"], depth: number, widths: number[]): void {
    for (const branch of groups.flatMap(({ branches }) => branches)) {
      const text = this.texts.get(branch.node)!;
      const width = Math.max(text.label + 110, clearOf(text, FARTHEST) + SHORTEST);
      widths[depth] = Math.max(widths[depth] ?? 0, width);
      this.survey(branch.groups, depth + 1, widths);
    }
  }

  // Lines begin behind the text of what they lead away from.
  private route(groups: Branch["groups"], parent: number | null): void {
    const { places, routes } = this.drawing;
    const [x, y] = parent === null ? [0, 0] : places.get(parent)!;
    const text = parent === null ? null : this.texts.get(parent)!;
    for (const branch of groups.flatMap(({ branches }) => branches)) {
      const end = places.get(branch.node)!;
      const most = Math.abs(end[0] - x) - SHORTEST;
      const isBack = this.graph.from[branch.edge] === branch.node;
      routes.set(branch.edge, (scale) => {
        const gap = text ? Math.min(most, clearOf(text, scale)) : 0;
        const there = level([x + this.sign * gap, y], end);
        return isBack ? backwards(there) : there;
      });
      this.route(branch.groups, branch.node);
    }
  }

  // Returns the heights of the branches.
  private putGroups(groups: Branch["groups"], depth: number): number[] {
    return groups.flatMap(({ group, branches }, n) => {
      if (n || depth) this.y += depth ? 4 : BETWEEN_GROUPS - ROW + CAPTION;
      const captioned = depth === 0 || groups.length > 1 || branches.length < group.edges.length;
      if (captioned) this.y += CAPTION;
      const middles = branches.map((branch) => this.putBranch(branch, depth));
      if (captioned) this.addCaption(group, branches.length, depth, middles[0]);
      return middles;
    });
  }

  private putBranch(branch: Branch, depth: number): number {
    const inner = this.putGroups(branch.groups, depth + 1);
    const y = inner.length ? (inner[0] + inner[inner.length - 1]) / 2 : this.y;
    if (!inner.length) this.y += ROW;
    this.drawing.places.set(branch.node, [this.columns[depth], y]);
    this.drawing.sides.set(branch.node, this.side === "left" ? LEFT : RIGHT);
    return y;
  }

  private addCaption(group: Group, drawn: number, depth: number, below: number): void {
    const align = this.side === "left" ? "right" : "left";
    const [x, y] = [this.columns[depth] - this.sign * 4, below - 21];
    const text = this.caption(group, drawn);
    this.captions.push({ kind: "caption", x, y, align, text, family: familyOf(group.predicate) });
  }
}

const nodesOf = (groups: Branch["groups"]): number[] =>
  groups.flatMap(({ branches }) => branches.flatMap((branch) => [branch.node, ...nodesOf(branch.groups)]));
