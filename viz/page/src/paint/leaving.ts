// Lines that run out of the view say where they go, so that none ends in nothing.
import { SMALL } from "../arrange/letters";
import { type Box, near } from "../grid";
import { curveOf, radius, type Scene } from "../scene";
import { cut } from "../text";
import { type Page, screenX, screenY, write } from "./captions";
import { pieces, pointAt } from "./curves";
import type { Lens } from "./frame";
import type { Rect } from "./labels";
import { spriteOf } from "./sprites";

const LETTERS = 20;
const STEPS = 40;
// In pixels: from the edge of the view, and beside the line.
const EDGE = 6;
const BESIDE = 7;

export function drawLeaving(page: Page): void {
  const { scene, lens, room } = page;
  const { graph, arrangement, palette, lit } = scene;
  const style = { size: SMALL, weight: 500, colour: palette.soft, halo: palette.ground };
  const told = new Set<number>();
  for (const edge of lit ? lit.edges : arrangement.lines) {
    const [from, to] = [graph.from[edge], graph.to[edge]];
    const inside = [from, to].map((node) => within(lens.view, scene.x[node], scene.y[node]));
    if (inside[0] === inside[1]) continue;
    const there = inside[0] ? to : from;
    const last = lastSeen(curveOf(scene, edge), lens.view, inside[0]);
    if (!last || told.has(there)) continue;
    const [x, y] = [screenX(lens, last[0]), screenY(lens, last[1])];
    const arrow = arrowTo(x, y, lens);
    // Where there is no room for the name, the arrow alone stands for it.
    for (const text of [`${arrow} ${cut(graph.label[there], LETTERS)}`, arrow]) {
      const sprite = spriteOf(text, style, lens.density);
      const left = Math.max(EDGE, Math.min(lens.width - sprite.width - EDGE, x + BESIDE));
      const top = Math.max(EDGE, Math.min(lens.height - sprite.height - EDGE, y - sprite.height / 2));
      const rect = [left - 2, top, left + sprite.width + 2, top + sprite.height] as const;
      if (!room.isFree(rect) || coversMark(scene, lens, rect)) continue;
      room.take(rect);
      told.add(there);
      write(page, sprite, left, top, 1, there);
      break;
    }
  }
}

function coversMark(scene: Scene, lens: Lens, [left, top, right, bottom]: Rect): boolean {
  const { view, scale } = lens;
  const plane = (x: number, y: number): [number, number] => [view.left + x / scale, view.top + y / scale];
  const [[x0, y0], [x1, y1]] = [plane(left, top), plane(right, bottom)];
  let covered = false;
  near(scene.grid, { left: x0 - 20, top: y0 - 20, right: x1 + 20, bottom: y1 + 20 }, (node) => {
    const [x, y, r] = [screenX(lens, scene.x[node]), screenY(lens, scene.y[node]), radius(scene, node)];
    covered ||= x > left - r && x < right + r && y > top - r && y < bottom + r;
  });
  return covered;
}

const within = (view: Box, x: number, y: number): boolean =>
  x >= view.left && x <= view.right && y >= view.top && y <= view.bottom;

// The last point of a line in the view, from the end that is in it.
function lastSeen(curve: readonly number[], view: Box, forward: boolean): readonly [number, number] | null {
  const count = pieces(curve);
  let last: readonly [number, number] | null = null;
  for (let step = 0; step <= STEPS * count; step += 1) {
    const at = forward ? step : STEPS * count - step;
    const piece = Math.min(count - 1, Math.floor(at / STEPS));
    const point = pointAt(curve, piece, at / STEPS - piece);
    if (!within(view, ...point)) {
      if (last) return last;
    } else last = point;
  }
  return last;
}

function arrowTo(x: number, y: number, { width, height }: Lens): string {
  const sides = [
    [height - y, "↓"],
    [y, "↑"],
    [width - x, "→"],
    [x, "←"],
  ] as const;
  return sides.reduce((best, side) => (side[0] < best[0] ? side : best))[1];
}
