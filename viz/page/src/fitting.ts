// The camera that shows all of a picture, beside what covers the canvas.

import type { Camera } from "./address";
import { ABOVE, BELOW, LEFT, RIGHT } from "./arrange/arrangement";
import { clearOf, LARGE, LETTERS, SMALL } from "./arrange/letters";
import type { Box } from "./grid";
import { isAside, type Scene } from "./scene";
import { columns } from "./text";

export interface Covered {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

// In pixels, and as a share of the width where that is less.
const MARGIN = 26;
const NARROWEST = 0.03;
// Maps are wider than high; a window from this share of its height on is so too.
const UPRIGHT = 0.8;

export const isUpright = (width: number, height: number): boolean => width < UPRIGHT * height;

// Texts keep their size, so that the box to fit depends on the scale; so many rounds come close enough.
const ROUNDS = 5;

export function fitCamera(
  scene: Scene,
  width: number,
  height: number,
  covered: Covered,
  nodes?: Iterable<number>,
): Camera {
  const { arrangement } = scene;
  const margin = Math.min(MARGIN, NARROWEST * width);
  const free = {
    width: Math.max(120, width - covered.left - covered.right - 2 * margin),
    height: Math.max(120, height - covered.top - covered.bottom - 2 * margin),
  };
  const least = nodes ? 0.01 : arrangement.farthest;
  const chosen = nodes && [...nodes];
  const boxAt = (scale: number) => (chosen ? boxOf(scene, chosen, scale) : wholeBox(scene, scale));
  let scale = arrangement.closest;
  let box = boxAt(scale);
  for (let round = 0; round < ROUNDS; round += 1) {
    const fitting = Math.min(
      free.width / Math.max(1, box.right - box.left),
      free.height / Math.max(1, box.bottom - box.top),
    );
    const next = Math.max(least, Math.min(arrangement.closest, fitting));
    if (next === scale) break;
    scale = next;
    box = boxAt(scale);
  }
  const middle = nodes ? middleOf(box) : anchored(scene, box, free.width / scale, free.height / scale);
  const x = middle.x - (covered.left - covered.right) / 2 / scale;
  const y = middle.y - (covered.top - covered.bottom) / 2 / scale;
  return { x, y, scale };
}

const middleOf = (box: Box): { x: number; y: number } => ({
  x: (box.left + box.right) / 2,
  y: (box.top + box.bottom) / 2,
});

// The middle of what is seen, where a picture of which not all can be seen begins at its anchor.
function anchored(scene: Scene, box: Box, width: number, height: number): { x: number; y: number } {
  const { anchor } = scene.arrangement;
  const middle = middleOf(box);
  const [wide, high] = [box.right - box.left - width, box.bottom - box.top - height];
  if (anchor === "latest") {
    return { x: middle.x + Math.max(0, wide / 2), y: middle.y - Math.max(0, high / 2) };
  }
  if (anchor === null) return middle;
  const within = (place: number, over: number, at: number) => at + Math.max(-over / 2, Math.min(over / 2, place - at));
  return {
    x: wide > 0 ? within(scene.x[anchor], wide, middle.x) : middle.x,
    y: high > 0 ? within(scene.y[anchor], high, middle.y) : middle.y,
  };
}

function wholeBox(scene: Scene, scale: number): Box {
  const { arrangement, graph } = scene;
  const all: number[] = [];
  for (let n = 0; n < arrangement.present.length; n += 1) {
    // Beside a map that lies on its side there is no room for what stands aside.
    if (arrangement.present[n] && !(graph.turned && isAside(scene, n))) all.push(n);
  }
  const box = boxOf(scene, all, scale);
  if (arrangement.show !== "map") {
    for (const item of arrangement.decor) {
      // Titles of columns stand above the first lane.
      if (item.kind === "lane") box.top = Math.min(box.top, item.top - HEADLINE / scale);
      if (item.kind !== "caption") continue;
      box.top = Math.min(box.top, item.y - 10 / scale);
      const wide = (columns(item.text) * COLUMN * SMALL) / LARGE / scale;
      if (item.align === "right") box.left = Math.min(box.left, item.x - wide);
      if (item.align === "left") box.right = Math.max(box.right, item.x + wide);
    }
    return box;
  }
  for (const region of graph.regions) {
    if (!all.length) break;
    box.left = Math.min(box.left, region.x - region.radius);
    box.right = Math.max(box.right, region.x + region.radius);
    box.top = Math.min(box.top, region.y - region.radius - 30);
    box.bottom = Math.max(box.bottom, region.y + region.radius);
  }
  return box;
}

const HEADLINE = 14;
// In pixels: a column of large letters, a mark with the gap to its label, and a label above or below its mark.
const COLUMN = 6.8;
const MARK = 16;
const LINE = 34;

// With room for the labels that have a fixed side, and for what stands behind them.
function boxOf(
  { graph, arrangement, x, y }: Scene,
  nodes: Iterable<number>,
  scale: number,
): { -readonly [side in keyof Box]: Box[side] } {
  const box = {
    left: Number.POSITIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    bottom: Number.NEGATIVE_INFINITY,
  };
  const letters = LETTERS[arrangement.show];
  for (const node of nodes) {
    const side = arrangement.sides[node];
    const centred = side === BELOW || side === ABOVE;
    const label = Math.min(letters, columns(graph.label[node])) * COLUMN;
    const aside = columns(arrangement.asides.get(node) ?? "") * COLUMN;
    const wide = clearOf({ mark: centred ? 0 : MARK, label, aside }, scale);
    const [left, right] = centred ? [wide / 2, wide / 2] : [side === LEFT ? wide : 14, side === RIGHT ? wide : 14];
    box.left = Math.min(box.left, x[node] - left);
    box.right = Math.max(box.right, x[node] + right);
    box.top = Math.min(box.top, y[node] - (side === ABOVE ? LINE / scale : 16));
    box.bottom = Math.max(box.bottom, y[node] + (side === BELOW ? LINE / scale : 16));
  }
  return box.left > box.right ? { left: -100, right: 100, top: -60, bottom: 60 } : box;
}
