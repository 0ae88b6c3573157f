// A path from left to right; what each step says stands above its line.
import type { Shown } from "../filter";
import type { Graph } from "../graph";
import { familyOfEdge, predicateOf } from "../graph";
import type { PredicateName } from "../kinds";
import { type Curve, level } from "../paint/curves";
import type { Step } from "../paths";
import { type Arrangement, BELOW, chosen, type Decor, finish } from "./arrangement";

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
  const place = (n: number): readonly [number, number] => [n * STEP, nodes.length > 3 && n % 2 ? SWING : 0];
  const places = new Map(nodes.map((node, n) => [node, place(n)]));
  const edges = new Set(steps.map((step) => step.edge));
  const sketch = chosen(graph, "path", places, shown.edges, (edge) => edges.has(edge));
  const routes = new Map<number, Curve>();
  const decor = steps.map((step, n): Decor => {
    const [[ax, ay], [bx, by]] = [place(n), place(n + 1)];
    const backwards = graph.from[step.edge] !== step.near;
    const curve = level([ax, ay], [bx, by]);
    routes.set(step.edge, backwards ? level([bx, by], [ax, ay]) : curve);
    const text = say(predicateOf(graph, step.edge), backwards);
    const family = familyOfEdge(graph, step.edge);
    return { kind: "caption", x: (ax + bx) / 2, y: (ay + by) / 2 - 14, align: "center", text, family };
  });
  for (const node of nodes) sketch.sides[node] = BELOW;
  return finish({ ...sketch, routes, decor });
}
