// One frame below its captions: the picture behind, what stands out, and the nodes that the engine draws.
import { HIDDEN } from "../arrange/arrangement";
import type { Box } from "../grid";
import { TYPES } from "../kinds";
import { edgesAreLive, radius, restStrength, type Scene, strengthOf } from "../scene";
import type { Rect } from "./labels";
import { litLines, liveLines } from "./lines";
import { drawMark } from "./marks";
import type { Picture } from "./picture";
import { strokeLines } from "./strokes";

// How the plane lies under the page.
export interface Lens {
  readonly view: Box;
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  readonly density: number;
  // What covers the sides, in pixels: labels that stick to a side stay clear of it.
  readonly inset: { readonly left: number; readonly right: number; readonly top: number };
  // What lies above the canvas: nothing is written below it.
  readonly obstacles: readonly Rect[];
}

export function paintBehind(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  lens: Lens,
  pictures: readonly Picture[],
): void {
  if (scene.arrangement.decor.length) drawGround(pen, scene, lens);
  drawPictures(pen, pictures, restStrength(scene));
  if (edgesAreLive(scene)) strokeLines(pen, scene, liveLines(scene));
  if (!scene.lit) return;
  strokeLines(pen, scene, litLines(scene));
  for (const node of scene.lit.nodes) paintNode(pen, scene, node, scene.x[node], scene.y[node]);
}

// The newest picture lies above an older one of more of the plane, which shows where the newest does not reach.
function drawPictures(pen: CanvasRenderingContext2D, pictures: readonly Picture[], alpha: number): void {
  pen.globalAlpha = alpha;
  pictures.forEach((picture, n) => {
    const { view, canvas } = picture;
    const above = pictures.slice(n + 1);
    pen.save();
    for (const { view: cover } of above) {
      pen.beginPath();
      pen.rect(view.left, view.top, view.right - view.left, view.bottom - view.top);
      pen.rect(cover.left, cover.top, cover.right - cover.left, cover.bottom - cover.top);
      pen.clip("evenodd");
    }
    pen.drawImage(canvas, view.left, view.top, view.right - view.left, view.bottom - view.top);
    pen.restore();
  });
  pen.globalAlpha = 1;
}

// In pixels: how far from its mark the ring around what is chosen stands.
export const RING = 4.5;

// Draws a mark at a place of the plane and returns its radius there.
export function paintNode(pen: CanvasRenderingContext2D, scene: Scene, node: number, x: number, y: number): number {
  const { graph, palette, scale, selected } = scene;
  const r = radius(scene, node) / scale;
  pen.globalAlpha = strengthOf(scene, node);
  pen.beginPath();
  drawMark(pen, graph.type[node], x, y, r);
  pen.lineWidth = 2 / scale;
  pen.strokeStyle = palette.ground;
  pen.stroke();
  pen.fillStyle = palette[TYPES[graph.type[node]]];
  pen.fill();
  if (node === selected) {
    pen.beginPath();
    pen.arc(x, y, r + RING / scale, 0, 2 * Math.PI);
    pen.lineWidth = 2 / scale;
    pen.strokeStyle = palette.accent;
    pen.stroke();
  }
  pen.globalAlpha = 1;
  return r;
}

function drawGround(pen: CanvasRenderingContext2D, scene: Scene, lens: Lens): void {
  const { palette } = scene;
  let odd = false;
  for (const item of scene.arrangement.decor) {
    if (item.kind === "lane") {
      odd = !odd;
      pen.fillStyle = odd ? palette.region : palette.ground;
      pen.fillRect(lens.view.left, item.top, lens.view.right - lens.view.left, item.bottom - item.top);
    } else if (item.kind === "column") {
      pen.beginPath();
      pen.moveTo(item.x, lens.view.top);
      pen.lineTo(item.x, lens.view.bottom);
      pen.lineWidth = 1 / lens.scale;
      pen.strokeStyle = palette.line;
      pen.stroke();
    }
  }
}

// The nodes in the view, the most important first; where there are too many, those that have a label.
export function inView({ graph, arrangement, x, y }: Scene, view: Box, most: number): number[] {
  const found: number[] = [];
  const few = arrangement.count <= most;
  for (const node of graph.ranking) {
    const within = x[node] >= view.left && x[node] <= view.right && y[node] >= view.top && y[node] <= view.bottom;
    if (!arrangement.present[node] || !within || (arrangement.sides[node] === HIDDEN && !few)) continue;
    if (found.push(node) === most) break;
  }
  return found;
}
