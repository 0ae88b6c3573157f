// From one thing to the next with the arrow keys: the nearest in that direction, what it is related to first.
import { edgesAround, otherEnd } from "./graph";
import type { Scene } from "./scene";

export type Direction = "left" | "right" | "up" | "down";

const UNIT: Record<Direction, readonly [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

export function nextNode(scene: Scene, from: number, direction: Direction): number | null {
  const { graph, arrangement } = scene;
  const related = [...edgesAround(graph, from)]
    .filter((edge) => arrangement.edges[edge])
    .map((edge) => otherEnd(graph, edge, from));
  return nearest(scene, from, direction, related) ?? nearest(scene, from, direction, graph.ranking);
}

function nearest(
  { x, y, arrangement }: Scene,
  from: number,
  direction: Direction,
  among: Iterable<number>,
): number | null {
  const [ux, uy] = UNIT[direction];
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of among) {
    if (node === from || !arrangement.present[node]) continue;
    const [dx, dy] = [x[node] - x[from], y[node] - y[from]];
    const along = dx * ux + dy * uy;
    const across = Math.abs(dx * uy - dy * ux);
    if (along <= 0 || across > 1.6 * along) continue;
    const cost = along + 2 * across;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}
