// What is written on a picture: names of regions, titles of columns and lanes, labels of nodes. It keeps its size at any scale.
import { type Decor, FREE, HIDDEN, LEFT } from "../arrange/arrangement";
import { typeOf } from "../graph";
import { isAside, radius, type Scene } from "../scene";
import { cut } from "../text";
import type { Lens } from "./frame";
import { type Placed, place, Room, type Wish } from "./labels";
import { touches } from "./regions";
import { HALO, type Sprite, spriteOf, type TextStyle } from "./sprites";

export interface LabelBox {
  readonly node: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

// Pictures in which every label has its place are laid out for scale 1.
const LEAST_FOR_LABELS = 0.58;

// Above everything: labels keep their size whatever the scale. Returns where they stand, for the pointer.
export function paintAbove(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  lens: Lens,
  candidates: readonly number[],
  memory: LabelMemory,
): LabelBox[] {
  const { density } = lens;
  pen.save();
  pen.setTransform(density, 0, 0, density, 0, 0);
  const room = new Room([2, 2, lens.width - 2, lens.height - 2]);
  for (const obstacle of lens.obstacles) room.take(obstacle);
  if (scene.arrangement.decor.length) drawTitles(pen, scene, lens, room);
  if (scene.arrangement.show === "map") drawNames(pen, scene, lens, room);
  const boxes = drawLabels(pen, scene, lens, candidates, room, memory);
  pen.restore();
  return boxes;
}

export interface LabelMemory {
  sides: Map<number, number>;
}

const screenX = (lens: Lens, x: number): number => (x - lens.view.left) * lens.scale;
const screenY = (lens: Lens, y: number): number => (y - lens.view.top) * lens.scale;

const MOST_LETTERS: Partial<Record<string, number>> = { map: 30, timeline: 24, focus: 34, lineage: 30, path: 34 };

export function labelStyle(scene: Scene, node: number): TextStyle {
  const { palette, graph, arrangement } = scene;
  const type = typeOf(graph, node);
  const quiet = type === "Paper" || type === "Topic" || type === "Person";
  const centre = scene.selected === node || scene.lit?.centre === node;
  const small = arrangement.everyLabel ? scene.scale < 0.85 : quiet && !centre;
  const size = small ? (arrangement.everyLabel ? 11 : 12) : 13;
  const weight = centre ? 650 : quiet ? 400 : 500;
  return { size, weight, colour: quiet && !centre ? palette.soft : palette.ink, halo: palette.ground };
}

function drawLabels(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  lens: Lens,
  candidates: readonly number[],
  room: Room,
  memory: LabelMemory,
): LabelBox[] {
  const { graph, arrangement, lit } = scene;
  const most = MOST_LETTERS[arrangement.show] ?? 30;
  const sprites = new Map<number, Sprite>();
  const wishes: Wish[] = [];
  for (const node of ordered(scene, candidates)) {
    if (arrangement.sides[node] === HIDDEN && !lit?.nodes.has(node) && node !== scene.selected) continue;
    const [x, y] = [screenX(lens, scene.x[node]), screenY(lens, scene.y[node])];
    if (isAside(scene, node) && lens.scale < 0.5 && !lit?.nodes.has(node)) continue;
    if (x < -200 || y < -40 || x > lens.width + 200 || y > lens.height + 40) continue;
    const centre = lit?.centre === node || scene.selected === node;
    const sprite = spriteOf(cut(graph.label[node], centre ? 60 : most), labelStyle(scene, node), lens.density);
    sprites.set(node, sprite);
    const must = (arrangement.everyLabel && lens.scale > LEAST_FOR_LABELS) || centre;
    const { width, height } = sprite;
    wishes.push({ id: node, x, y, r: radius(scene, node), width, height, side: arrangement.sides[node], must });
  }
  const placed = place(wishes, room, memory.sides, arrangement.everyLabel || lit ? wishes.length : budget(lens));
  memory.sides = new Map(placed.map(({ id, side }) => [id, side]));
  return placed.map((spot) => drawLabel(pen, scene, lens, spot, sprites.get(spot.id)!));
}

function drawLabel(pen: CanvasRenderingContext2D, scene: Scene, lens: Lens, spot: Placed, sprite: Sprite): LabelBox {
  const { lit, palette } = scene;
  const back = lit && !lit.nodes.has(spot.id) ? 1 - scene.dim * 0.75 : 1;
  copy(pen, sprite, spot.left, spot.top, back);
  let { width } = sprite;
  let { left } = spot;
  const aside = scene.arrangement.asides.get(spot.id);
  if (aside) {
    const style = { size: 11, weight: 400, colour: palette.soft, halo: palette.ground };
    const note = spriteOf(aside, style, lens.density);
    const before = spot.side === LEFT;
    const at = before ? spot.left - 5 - note.width : spot.left + width + 5;
    copy(pen, note, at, spot.top + (sprite.height - note.height) / 2 + 1, back);
    width += 5 + note.width;
    if (before) left = at;
  }
  return { node: spot.id, left, top: spot.top, width, height: sprite.height };
}

// A page with more words than this is no picture any more.
const budget = ({ width, height }: Lens): number => Math.max(16, Math.round((width * height) / 15_000));

// Those that stand out first; then as they come, the most important first.
function ordered(scene: Scene, candidates: readonly number[]): readonly number[] {
  const { lit, selected, graph, arrangement } = scene;
  if (!lit)
    return selected === null || !arrangement.present[selected]
      ? candidates
      : [selected, ...candidates.filter((n) => n !== selected)];
  const first = [...lit.nodes].filter((node) => arrangement.present[node]);
  first.sort(
    (a, b) => Number(b === lit.centre) - Number(a === lit.centre) || graph.weight[b] - graph.weight[a] || a - b,
  );
  const fixed = arrangement.everyLabel || candidates.some((node) => arrangement.sides[node] !== FREE);
  return fixed ? [...first, ...candidates.filter((node) => !lit.nodes.has(node))] : first.slice(0, 120);
}

function copy(
  pen: CanvasRenderingContext2D,
  { picture, width, height }: Sprite,
  left: number,
  top: number,
  alpha: number,
): void {
  pen.globalAlpha = alpha;
  // Whole pixels keep letters sharp.
  pen.drawImage(picture, Math.round(left) - HALO, Math.round(top) - HALO, width + 2 * HALO, height + 2 * HALO);
  pen.globalAlpha = 1;
}

// Names of regions: above the upper rim, as large as the region is; whole regions from afar, their parts from near.
function drawNames(pen: CanvasRenderingContext2D, scene: Scene, lens: Lens, room: Room): void {
  const alpha = scene.lit ? 1 - scene.dim * 0.65 : 1;
  const seen = scene.graph.regions.filter((region) => region.name && touches(region, lens.view));
  for (const region of seen.sort((a, b) => b.radius - a.radius)) {
    const wide = region.radius * lens.scale;
    const part = region.parent >= 0;
    if (wide < (part ? 70 : 22) || wide > 1.6 * Math.max(lens.width, lens.height)) continue;
    for (const text of shorter(region.name, wide)) {
      const sprite = spriteOf(text, nameStyle(scene, wide, part), lens.density);
      // A name much wider than its disc could be that of the next.
      if (sprite.width > Math.max(wide > 32 ? 150 : 100, 2.8 * wide)) continue;
      const left = screenX(lens, region.x) - sprite.width / 2;
      const top = screenY(lens, region.y - region.radius) - (part ? 2 : sprite.height + 1);
      const rect = [left - 4, top, left + sprite.width + 4, top + sprite.height] as const;
      if (!room.isFree(rect)) continue;
      room.take(rect);
      copy(pen, sprite, left, top, alpha);
      break;
    }
  }
}

// The whole name, its first part, and what fits above the disc; the longest that has room is taken.
function shorter(name: string, wide: number): string[] {
  const first = name.split(" · ")[0];
  const list = [cut(name, Math.max(44, Math.round(wide / 3))), cut(first, 34)];
  // A name that is cut short helps nobody while there is no room for it; in a region that fills the view it does.
  return wide > 60 ? [...list, cut(first, Math.round(wide / 3.4))] : list;
}

function nameStyle({ palette }: Scene, wide: number, part: boolean): TextStyle {
  const size = Math.round(Math.min(part ? 13 : 17, Math.max(11.5, 8 + wide / 14)));
  return { size, weight: part ? 550 : 650, colour: palette.name, halo: palette.ground };
}

// Titles of columns stick to the top and those of lanes to the left, so that they are always seen.
function drawTitles(pen: CanvasRenderingContext2D, scene: Scene, lens: Lens, room: Room): void {
  const { palette } = scene;
  const bold = { size: 12, weight: 650, colour: palette.name, halo: palette.ground };
  for (const item of scene.arrangement.decor) {
    const [sprite, left, top] = titleOf(item, scene, lens, bold);
    if (left + sprite.width < 0 || left > lens.width || top < -20 || top > lens.height) continue;
    if (item.kind !== "caption") room.take([left - 4, top - 2, left + sprite.width + 4, top + sprite.height + 2]);
    copy(pen, sprite, left, top, item.kind === "caption" && scene.lit ? 1 - scene.dim * 0.5 : 1);
  }
}

function titleOf(item: Decor, scene: Scene, lens: Lens, bold: TextStyle): [Sprite, number, number] {
  if (item.kind === "column") {
    const sprite = spriteOf(item.title, bold, lens.density);
    return [sprite, screenX(lens, item.x) - sprite.width / 2, lens.inset.top + 8];
  }
  if (item.kind === "lane") {
    const sprite = spriteOf(cut(item.title, 34), bold, lens.density);
    const top = Math.max(screenY(lens, item.top) + 4, Math.min(lens.inset.top + 30, screenY(lens, item.bottom) - 20));
    return [sprite, lens.inset.left + 10, top];
  }
  const { palette } = scene;
  const style = { size: 11, weight: 500, colour: item.family ? palette.soft : palette.name, halo: palette.ground };
  const sprite = spriteOf(item.text, style, lens.density);
  const x = screenX(lens, item.x);
  const left = item.align === "left" ? x : item.align === "right" ? x - sprite.width : x - sprite.width / 2;
  return [sprite, left, screenY(lens, item.y) - sprite.height / 2];
}
