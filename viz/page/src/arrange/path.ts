// A path from left to right; what each step says stands above its line.
import type { Shown } from "../filter";
import type { Graph } from "../graph";
import { familyOfEdge, predicateOf } from "../graph";
import type { PredicateName } from "../kinds";
import { level } from "../paint/curves";
import type { Step } from "../paths";
import { ABOVE, type Arrangement, BELOW, chosen, type Decor, finish, type Route } from "./arrangement";

const STEP = 230;
const SWING = 58;

export function arrangePath(
  graph: Graph,
  shown: Shown,
  start: number,
  steps: readonly Step[],
  say: (predicate: PredicateName, backwards: boolean) => string,
): Arrangement {
  const nodes = [start, ...steps.map((step) => step.far)];
  const swings = nodes.length > 3;
  const place = (n: number): readonly [number, number] => [n * STEP, swings && n % 2 ? SWING : 0];
  const places = new Map(nodes.map((node, n) => [node, place(n)]));
  const edges = new Set(steps.map((step) => step.edge));
  const sketch = chosen(graph, "path", places, shown.edges, (edge) => edges.has(edge));
  const routes = new Map<number, Route>();
  const decor = steps.map((step, n): Decor => {
    const [[ax, ay], [bx, by]] = [place(n), place(n + 1)];
    const backwards = graph.from[step.edge] !== step.near;
    const curve = backwards ? level([bx, by], [ax, ay]) : level([ax, ay], [bx, by]);
    routes.set(step.edge, () => curve);
    const text = say(predicateOf(graph, step.edge), backwards);
    const family = familyOfEdge(graph, step.edge);
    return { kind: "caption", x: (ax + bx) / 2, y: (ay + by) / 2 - 14, align: "center", text, family };
  });
  // Names stand outside the swing of the line, what it says within.
  nodes.forEach((node, n) => {
    sketch.sides[node] = swings && n % 2 === 0 ? ABOVE : BELOW;
  });
  return finish({ ...sketch, routes, decor, anchor: start, farthest: 0.42 });
}
