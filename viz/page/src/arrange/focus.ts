// A thing in the middle, where it comes from on the left, what comes of it on the right: a tree that reads like text.
import type { Shown } from "../filter";
import { type Graph, otherEnd } from "../graph";
import { type Group, groupsOf, type Side } from "../groups";
import { familyOf } from "../kinds";
import { type Curve, level } from "../paint/curves";
import { cut, type Measure } from "../text";
import type { View } from "../view";
import { type Arrangement, BELOW, chosen, type Decor, finish, LEFT, RIGHT, type Sketch } from "./arrangement";

export type FocusAsked = Pick<View, "hops" | "opened" | "closed"> & { readonly centre: number };
// What a group is called: its name, how many of how many are drawn.
export type Caption = (group: Group, drawn: number) => string;

export const LABEL = 34;
const ROW = 25;
const BETWEEN_GROUPS = 30;
const MARK = 12;
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
  const routes = new Map<number, Curve>();
  const decor: Decor[] = [];
  const sides = new Map<number, number>([[asked.centre, BELOW]]);
  for (const side of ["left", "right"] as const) {
    const groups = grown.root.groups.filter(({ group }) => group.side === side);
    const draw = sideDrawer(graph, side, measure, caption, { places, routes, decor, sides });
    draw(groups);
  }
  const tree = grown.edges;
  const sketch: Sketch = chosen(graph, "focus", places, shown.edges);
  for (const [node, side] of sides) sketch.sides[node] = side;
  // Relations between two that are drawn for other reasons come out when one of them is looked at.
  for (let edge = 0; edge < sketch.edges.length; edge += 1) {
    if (sketch.edges[edge] && !tree.has(edge) && !isParallel(graph, edge, asked.centre)) sketch.edges[edge] = 0;
  }
  return finish({ ...sketch, routes, decor, leftOut: grown.leftOut, anchor: asked.centre });
}

const isParallel = (graph: Graph, edge: number, centre: number): boolean =>
  graph.from[edge] === centre || graph.to[edge] === centre;

interface Grown {
  readonly root: Branch;
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
  return { root, edges, leftOut };
}

// Of many the most important ones, in the order in which the group has them.
function byImportance(graph: Graph, edges: readonly number[], node: number): number[] {
  const weight = (edge: number) => graph.weight[otherEnd(graph, edge, node)];
  return [...edges].sort((a, b) => weight(b) - weight(a) || a - b);
}

interface Drawing {
  readonly places: Map<number, readonly [number, number]>;
  readonly routes: Map<number, Curve>;
  readonly decor: Decor[];
  readonly sides: Map<number, number>;
}

// Places one side: rows below each other, each branch in the middle of what hangs on it, columns further and further out.
function sideDrawer(graph: Graph, side: Side, measure: Measure, caption: Caption, drawing: Drawing) {
  const sign = side === "left" ? -1 : 1;
  const label = (node: number) => measure(cut(graph.label[node], LABEL));
  return (groups: Branch["groups"]) => {
    const widths: number[] = [];
    const survey = (branches: Branch["groups"], depth: number) => {
      for (const { branches: inner } of branches) {
        for (const branch of inner) {
          widths[depth] = Math.max(widths[depth] ?? 0, label(branch.node));
          survey(branch.groups, depth + 1);
        }
      }
    };
    survey(groups, 0);
    // The higher the tree, the further away from its middle, so that lines do not become steep.
    const first = Math.min(430, Math.max(170, 110 + 0.16 * ROW * nodesOf(groups).length));
    const columnAt = (depth: number): number =>
      sign * widths.slice(0, depth).reduce((sum, width) => sum + width + 110, first);
    let y = 0;
    const put = (list: Branch["groups"], depth: number): number[] => {
      const middles: number[] = [];
      list.forEach(({ group, branches }, n) => {
        if (n || depth) y += depth ? 4 : BETWEEN_GROUPS - ROW + 22;
        const x = columnAt(depth);
        const drawn = branches.length;
        const captioned = depth === 0 || list.length > 1 || drawn < group.edges.length;
        if (captioned) y += 22;
        for (const branch of branches) {
          const inner = branch.groups.length ? put(branch.groups, depth + 1) : [];
          const place = inner.length ? (inner[0] + inner[inner.length - 1]) / 2 : y;
          if (!inner.length) y += ROW;
          drawing.places.set(branch.node, [x, place]);
          drawing.sides.set(branch.node, side === "left" ? LEFT : RIGHT);
          middles.push(place);
        }
        if (captioned) {
          const align = side === "left" ? "right" : "left";
          const above = drawing.places.get(branches[0].node)![1] - 21;
          const family = familyOf(group.predicate);
          drawing.decor.push({
            kind: "caption",
            x: x - sign * 4,
            y: above,
            align,
            text: caption(group, drawn),
            family,
          });
        }
      });
      return middles;
    };
    const before = drawing.decor.length;
    put(groups, 0);
    const shift = -(y - ROW) / 2;
    for (const node of nodesOf(groups)) {
      const [x, at] = drawing.places.get(node)!;
      drawing.places.set(node, [x, at + shift]);
    }
    for (let n = before; n < drawing.decor.length; n += 1) {
      const item = drawing.decor[n];
      if (item.kind === "caption") drawing.decor[n] = { ...item, y: item.y + shift };
    }
    link(groups, null, (parent, branch) => {
      const [bx, by] = drawing.places.get(branch.node)!;
      const [ax, ay] = parent === null ? [0, 0] : drawing.places.get(parent)!;
      const start = parent === null ? 0 : ax + sign * (MARK + label(parent) + 6);
      const there: Curve = level([start, ay], [bx, by]);
      drawing.routes.set(branch.edge, graph.from[branch.edge] === branch.node ? backwards(there) : there);
    });
  };
}

const nodesOf = (groups: Branch["groups"]): number[] =>
  groups.flatMap(({ branches }) => branches.flatMap((branch) => [branch.node, ...nodesOf(branch.groups)]));

function link(
  groups: Branch["groups"],
  parent: number | null,
  draw: (parent: number | null, branch: Branch) => void,
): void {
  for (const { branches } of groups) {
    for (const branch of branches) {
      draw(parent, branch);
      link(branch.groups, branch.node, draw);
    }
  }
}

const backwards = (curve: Curve): Curve => {
  const points: number[][] = [];
  for (let at = 0; at < curve.length; at += 2) points.push([curve[at], curve[at + 1]]);
  return points.reverse().flat();
};
