// The most telling way between two things: few and sure steps, not through what is linked with everything.
import { degreeOf, edgesAround, type Graph, otherEnd, predicateOf } from "./graph";
import type { PredicateName } from "./kinds";

export interface Step {
  readonly edge: number;
  readonly near: number;
  readonly far: number;
}

// What a step costs by what it says; topics, makers, machines and data join too much to tell much.
const COSTS: Record<PredicateName, number> = {
  extends: 1,
  improvesOn: 1,
  uses: 1.2,
  introduces: 1,
  outperforms: 1.6,
  comparedWith: 1.8,
  targetsHardware: 5,
  measuredOn: 6,
  evaluatedOn: 6,
  trainedOn: 5,
  affiliatedWith: 5.5,
  authoredBy: 3.5,
  hasTopic: 4.5,
  broader: 3.5,
};

const cost = (graph: Graph, edge: number, far: number): number =>
  COSTS[predicateOf(graph, edge)] * (1.5 - graph.confidence[edge] / 200) + Math.log2(1 + degreeOf(graph, far)) / 3;

// Dijkstra's algorithm; null where nothing leads there.
export function findPath(graph: Graph, shownEdges: Uint8Array, start: number, end: number): Step[] | null {
  if (start === end) return null;
  const best = new Float64Array(graph.size).fill(Number.POSITIVE_INFINITY);
  const came = new Int32Array(graph.size).fill(-1);
  const heap = new Heap();
  best[start] = 0;
  heap.push(0, start);
  for (let top = heap.pop(); top; top = heap.pop()) {
    const [spent, node] = top;
    if (spent > best[node]) continue;
    if (node === end) return trail(graph, came, start, end);
    for (const edge of edgesAround(graph, node)) {
      if (!shownEdges[edge] || graph.denied[edge]) continue;
      const far = otherEnd(graph, edge, node);
      const total = spent + cost(graph, edge, far);
      if (total >= best[far]) continue;
      best[far] = total;
      came[far] = edge;
      heap.push(total, far);
    }
  }
  return null;
}

function trail(graph: Graph, came: Int32Array, start: number, end: number): Step[] {
  const steps: Step[] = [];
  for (let far = end; far !== start; ) {
    const near = otherEnd(graph, came[far], far);
    steps.push({ edge: came[far], near, far });
    far = near;
  }
  return steps.reverse();
}

class Heap {
  private readonly items: (readonly [number, number])[] = [];
  push(key: number, value: number): void {
    const { items } = this;
    let at = items.push([key, value]) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent][0] <= items[at][0]) break;
      [items[parent], items[at]] = [items[at], items[parent]];
      at = parent;
    }
  }
  pop(): readonly [number, number] | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    items[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < items.length && items[child][0] < items[least][0]) least = child;
      }
      if (least === at) return top;
      [items[least], items[at]] = [items[at], items[least]];
      at = least;
    }
  }
}
