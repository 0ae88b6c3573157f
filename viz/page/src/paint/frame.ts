// One frame below its captions: the picture behind, what stands out, and the nodes that the engine draws.
import { HIDDEN } from "../arrange/arrangement";
import type { Box } from "../grid";
import { TYPES } from "../kinds";
import { ASIDE, edgesAreLive, isAside, radius, type Scene } from "../scene";
import type { Show } from "../view";
import type { Rect } from "./labels";
import { drawMark } from "./marks";
import type { Picture } from "./picture";
import { strokeEdges } from "./strokes";

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

const BACK = 0.2;
const CALM: Partial<Record<Show, number>> = { map: 0.6, timeline: 0.4 };

export function paintBehind(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  lens: Lens,
  pictures: readonly Picture[],
): void {
  if (scene.arrangement.decor.length) drawGround(pen, scene, lens);
  const alpha = 1 - scene.dim * (1 - BACK);
  drawPictures(pen, pictures, alpha);
  const { arrangement, lit } = scene;
  if (edgesAreLive(scene)) {
    const litEdges = new Set(lit?.edges ?? []);
    const rest: number[] = [];
    for (let edge = 0; edge < arrangement.edges.length; edge += 1) {
      if (arrangement.edges[edge] && !litEdges.has(edge)) rest.push(edge);
    }
    const calm = CALM[arrangement.show] ?? 0.8;
    const back = 1 - scene.dim * 0.82;
    strokeEdges(pen, scene, rest, { alpha: () => calm * back, width: 1, dashed: true }, hasHeads(scene));
  }
  if (lit) {
    strokeEdges(
      pen,
      scene,
      lit.edges,
      { alpha: () => 0.95, width: 1.25, dashed: true },
      arrangement.show !== "lineage",
    );
    for (const node of lit.nodes) paintNode(pen, scene, node, scene.x[node], scene.y[node]);
  }
}

const hasHeads = ({ arrangement, scale }: Scene): boolean =>
  arrangement.show === "focus" || arrangement.show === "path" || (arrangement.show === "map" && scale > 0.9);

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

// Draws a mark at a place of the plane and returns its radius there.
export function paintNode(pen: CanvasRenderingContext2D, scene: Scene, node: number, x: number, y: number): number {
  const { graph, palette, lit, scale, selected } = scene;
  const r = radius(scene, node) / scale;
  const usual = isAside(scene, node) && !lit?.nodes.has(node) ? ASIDE : 1;
  pen.globalAlpha = lit && !lit.nodes.has(node) ? usual * (1 - scene.dim * (1 - BACK)) : usual;
  pen.beginPath();
  drawMark(pen, graph.type[node], x, y, r);
  pen.lineWidth = 2 / scale;
  pen.strokeStyle = palette.ground;
  pen.stroke();
  pen.fillStyle = palette[TYPES[graph.type[node]]];
  pen.fill();
  if (node === selected) {
    pen.beginPath();
    pen.arc(x, y, r + 4.5 / scale, 0, 2 * Math.PI);
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

// The nodes in the view, the most important first, as many as can have a label at all.
export function inView({ graph, arrangement, x, y }: Scene, view: Box, most: number): number[] {
  const found: number[] = [];
  for (const node of graph.ranking) {
    const within = x[node] >= view.left && x[node] <= view.right && y[node] >= view.top && y[node] <= view.bottom;
    if (!arrangement.present[node] || arrangement.sides[node] === HIDDEN || !within) continue;
    if (found.push(node) === most) break;
  }
  return found;
}
