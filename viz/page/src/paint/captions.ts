// What is written on a picture: names of regions, titles of columns and lanes, labels of nodes. It keeps its size at any scale.
import { type Decor, FREE, HIDDEN, LEFT } from "../arrange/arrangement";
import { BEHIND, LARGE, LETTERS, letterSize, SMALL } from "../arrange/letters";
import { typeOf } from "../graph";
import { isAside, radius, type Scene } from "../scene";
import { cut } from "../text";
import type { Lens } from "./frame";
import { type Placed, place, Room, type Wish } from "./labels";
import { drawLeaving } from "./leaving";
import { Said, shortNames } from "./names";
import { touches } from "./regions";
import { HALO, type Sprite, spriteOf, type TextStyle } from "./sprites";

// A text where it stands, in pixels of the canvas.
export interface Writing {
  // Of what it is the label, or stands behind it.
  readonly node: number | null;
  readonly text: string;
  readonly style: TextStyle;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly alpha: number;
}

// A canvas being written on.
export interface Page {
  readonly pen: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly lens: Lens;
  readonly room: Room;
  readonly written: Writing[];
  // What the map says already.
  readonly said: Said;
}

// Above everything: texts keep their size whatever the scale. Returns where they stand.
export function paintAbove(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  lens: Lens,
  candidates: readonly number[],
  memory: LabelMemory,
): Writing[] {
  const { density } = lens;
  pen.save();
  pen.setTransform(density, 0, 0, density, 0, 0);
  const room = new Room([2, 2, lens.width - 2, lens.height - 2]);
  for (const obstacle of lens.obstacles) room.take(obstacle);
  const page: Page = { pen, scene, lens, room, written: [], said: new Said() };
  drawTitles(page);
  if (scene.arrangement.show === "map") drawNames(page);
  drawLabels(page, candidates, memory);
  if (scene.arrangement.show === "timeline") drawLeaving(page);
  pen.restore();
  return page.written;
}

export interface LabelMemory {
  sides: Map<number, number>;
}

export const screenX = (lens: Lens, x: number): number => (x - lens.view.left) * lens.scale;
export const screenY = (lens: Lens, y: number): number => (y - lens.view.top) * lens.scale;

const QUIET = 12;

function labelStyle(scene: Scene, node: number): TextStyle {
  const { palette, graph, arrangement } = scene;
  const type = typeOf(graph, node);
  const quiet = type === "Paper" || type === "Topic" || type === "Person";
  const centre = scene.selected === node || scene.lit?.centre === node;
  const size = arrangement.everyLabel ? letterSize(scene.scale) : quiet && !centre ? QUIET : LARGE;
  const weight = centre ? 650 : quiet ? 400 : 500;
  return { size, weight, colour: quiet && !centre ? palette.soft : palette.ink, halo: palette.ground };
}

function drawLabels(page: Page, candidates: readonly number[], memory: LabelMemory): void {
  const { scene, lens, room } = page;
  const { graph, arrangement, lit } = scene;
  const most = LETTERS[arrangement.show];
  const sprites = new Map<number, Sprite>();
  const wishes: Wish[] = [];
  for (const node of ordered(scene, candidates)) {
    if (arrangement.sides[node] === HIDDEN && !lit?.nodes.has(node) && node !== scene.selected) continue;
    const [x, y] = [screenX(lens, scene.x[node]), screenY(lens, scene.y[node])];
    if (isAside(scene, node) && lens.scale < 0.5 && !lit?.nodes.has(node)) continue;
    if (x < -200 || y < -40 || x > lens.width + 200 || y > lens.height + 40) continue;
    // What has left the view is named where its lines leave it.
    if (arrangement.show === "timeline" && (x < 0 || x > lens.width)) continue;
    const centre = lit?.centre === node || scene.selected === node;
    const free = arrangement.show !== "map" || centre || lit?.nodes.has(node);
    if (!page.said.first(graph.label[node]) && !free) continue;
    const sprite = spriteOf(cut(graph.label[node], centre ? 60 : most), labelStyle(scene, node), lens.density);
    sprites.set(node, sprite);
    const must = (arrangement.everyLabel && lens.scale > arrangement.farthest * 0.98) || centre;
    const { width, height } = sprite;
    wishes.push({ id: node, x, y, r: radius(scene, node), width, height, side: arrangement.sides[node], must });
  }
  // Where labels have places of their own, they crowd nothing.
  const all = arrangement.everyLabel || arrangement.show === "timeline" || lit;
  const placed = place(wishes, room, memory.sides, all ? wishes.length : budget(lens));
  memory.sides = new Map(placed.map(({ id, side }) => [id, side]));
  for (const spot of placed) drawLabel(page, spot, sprites.get(spot.id)!);
}

function drawLabel(page: Page, { id, left, top, side }: Placed, sprite: Sprite): void {
  const { lit, palette, dim, arrangement } = page.scene;
  const alpha = lit && !lit.nodes.has(id) ? 1 - dim * 0.75 : 1;
  write(page, sprite, left, top, alpha, id);
  const aside = arrangement.asides.get(id);
  if (!aside) return;
  const style = { size: SMALL, weight: 400, colour: palette.soft, halo: palette.ground };
  const note = spriteOf(aside, style, page.lens.density);
  const at = side === LEFT ? left - BEHIND - note.width : left + sprite.width + BEHIND;
  write(page, note, at, top + (sprite.height - note.height) / 2 + 1, alpha, id);
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

export function write(
  { pen, written }: Page,
  sprite: Sprite,
  left: number,
  top: number,
  alpha: number,
  node: number | null = null,
): void {
  const { picture, text, style, width, height } = sprite;
  written.push({ node, text, style, left, top, width, height, alpha });
  pen.globalAlpha = alpha;
  // Whole pixels keep letters sharp.
  pen.drawImage(picture, Math.round(left) - HALO, Math.round(top) - HALO, width + 2 * HALO, height + 2 * HALO);
  pen.globalAlpha = 1;
}

// Names of regions: above the upper rim, as large as the region is; whole regions from afar, their parts from near.
function drawNames(page: Page): void {
  const { scene, lens, room } = page;
  const alpha = scene.lit ? 1 - scene.dim * 0.65 : 1;
  const names = shortNames(scene.graph.regions);
  const seen = scene.graph.regions.filter((region) => region.name && touches(region, lens.view));
  for (const region of seen.sort((a, b) => b.radius - a.radius)) {
    const wide = region.radius * lens.scale;
    const part = region.parent >= 0;
    if (wide < (part ? 70 : 22) || wide > 1.6 * Math.max(lens.width, lens.height)) continue;
    const name = names.get(region.name) ?? region.name;
    for (const text of shorter(name, wide)) {
      const sprite = spriteOf(text, nameStyle(scene, wide, part), lens.density);
      // A name much wider than its disc could be that of the next.
      if (sprite.width > Math.max(wide > 32 ? 150 : 100, 2.8 * wide)) continue;
      const left = screenX(lens, region.x) - sprite.width / 2;
      const top = screenY(lens, region.y - region.radius) - (part ? 2 : sprite.height + 1);
      const rect = [left - 4, top, left + sprite.width + 4, top + sprite.height] as const;
      if (!room.isFree(rect)) continue;
      room.take(rect);
      write(page, sprite, left, top, alpha);
      page.said.name(name);
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
function drawTitles(page: Page): void {
  const { scene, lens, room } = page;
  const { palette } = scene;
  const bold = { size: 12, weight: 650, colour: palette.name, halo: palette.ground };
  for (const item of scene.arrangement.decor) {
    const [sprite, left, top] = titleOf(item, scene, lens, bold);
    // Half a year is none.
    if (left < (item.kind === "column" ? 0 : -sprite.width) || left > lens.width) continue;
    if (top < -20 || top > lens.height) continue;
    const rect = [left - 4, top - 2, left + sprite.width + 4, top + sprite.height + 2] as const;
    if (item.kind === "lane" && !room.isFree(rect)) continue;
    if (item.kind !== "caption") room.take(rect);
    write(page, sprite, left, top, item.kind === "caption" && scene.lit ? 1 - scene.dim * 0.5 : 1);
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
  const style = { size: SMALL, weight: 500, colour: item.family ? palette.soft : palette.name, halo: palette.ground };
  const sprite = spriteOf(item.text, style, lens.density);
  const x = screenX(lens, item.x);
  const left = item.align === "left" ? x : item.align === "right" ? x - sprite.width : x - sprite.width / 2;
  return [sprite, left, screenY(lens, item.y) - sprite.height / 2];
}
