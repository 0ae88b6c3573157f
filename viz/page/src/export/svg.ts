// What is seen as an SVG drawing: the same shapes, lines and labels as on the canvas, sharp at any size.
import { familyOfEdge } from "../graph";
import { DASHES, TYPES, WIDTHS } from "../kinds";
import { type LabelBox, labelStyle } from "../paint/captions";
import { PathWriter, short, trace } from "../paint/curves";
import type { Lens } from "../paint/frame";
import { markPath } from "../paint/marks";
import { FONT } from "../paint/sprites";
import { curveOf, radius, type Scene } from "../scene";
import { cut } from "../text";
import { escapeXml } from "./xml";

const MOST_EDGES = 6_000;

export function toSvg(scene: Scene, lens: Lens, labels: readonly LabelBox[]): string {
  const { width, height } = lens;
  const { palette } = scene;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(FONT)}">`,
    `<title>${escapeXml(scene.graph.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette.ground}"/>`,
    ...ground(scene, lens),
    ...lines(scene, lens),
    ...marks(scene, lens),
    ...names(scene, lens),
    ...labels.map((label) => text(scene, label)),
    "</svg>",
    "",
  ];
  return parts.join("\n");
}

const inside = (lens: Lens, x: number, y: number, margin = 30): boolean =>
  x > -margin && y > -margin && x < lens.width + margin && y < lens.height + margin;
const sx = (lens: Lens, x: number): number => (x - lens.view.left) * lens.scale;
const sy = (lens: Lens, y: number): number => (y - lens.view.top) * lens.scale;

function* ground({ arrangement, graph, palette }: Scene, lens: Lens): Generator<string> {
  if (arrangement.show === "map") {
    for (const region of graph.regions) {
      const [x, y, r] = [sx(lens, region.x), sy(lens, region.y), region.radius * lens.scale];
      const fill = region.parent < 0 ? palette.region : palette.inner;
      yield `<circle cx="${short(x)}" cy="${short(y)}" r="${short(r)}" fill="${fill}" stroke="${palette.rim}"/>`;
    }
  }
  let odd = false;
  for (const item of arrangement.decor) {
    if (item.kind === "lane") {
      odd = !odd;
      const [top, bottom] = [sy(lens, item.top), sy(lens, item.bottom)];
      if (odd)
        yield `<rect x="0" y="${short(top)}" width="${lens.width}" height="${short(bottom - top)}" fill="${palette.region}"/>`;
    } else if (item.kind === "column") {
      const x = short(sx(lens, item.x));
      yield `<line x1="${x}" y1="0" x2="${x}" y2="${lens.height}" stroke="${palette.line}"/>`;
    }
  }
}

function* lines(scene: Scene, lens: Lens): Generator<string> {
  const { graph, arrangement, palette, lit } = scene;
  const bright = new Set(lit?.edges ?? []);
  let count = 0;
  for (let edge = 0; edge < graph.edges; edge += 1) {
    if (!arrangement.edges[edge] && !bright.has(edge)) continue;
    const curve = curveOf(scene, edge).map((value, n) => (n % 2 ? sy(lens, value) : sx(lens, value)));
    const seen = inside(lens, curve[0], curve[1]) || inside(lens, curve[curve.length - 2], curve[curve.length - 1]);
    if (!seen || ++count > MOST_EDGES) continue;
    const writer = new PathWriter();
    trace(writer, curve);
    const family = familyOfEdge(graph, edge);
    const dash = DASHES[family].length ? ` stroke-dasharray="${DASHES[family].join(" ")}"` : "";
    const strength = bright.has(edge) ? 0.95 : lit ? 0.12 : arrangement.show === "map" ? 0.4 : 0.8;
    yield `<path d="${writer}" fill="none" stroke="${palette[family]}" stroke-width="${WIDTHS[family]}" stroke-opacity="${strength}"${dash}/>`;
  }
}

function* marks(scene: Scene, lens: Lens): Generator<string> {
  const { graph, arrangement, palette, lit } = scene;
  for (let node = 0; node < graph.size; node += 1) {
    const [x, y] = [sx(lens, scene.x[node]), sy(lens, scene.y[node])];
    if (!arrangement.present[node] || !inside(lens, x, y)) continue;
    const back = lit && !lit.nodes.has(node) ? ' opacity="0.25"' : "";
    const path = markPath(graph.type[node], x, y, radius(scene, node));
    const fill = palette[TYPES[graph.type[node]]];
    yield `<path d="${path}" fill="${fill}" stroke="${palette.ground}"${back}><title>${escapeXml(graph.label[node])}</title></path>`;
  }
}

function* names({ arrangement, graph, palette }: Scene, lens: Lens): Generator<string> {
  const style = `font-size="12" font-weight="650" fill="${palette.name}" stroke="${palette.ground}" stroke-width="3" paint-order="stroke"`;
  if (arrangement.show === "map") {
    for (const { name, x, y, radius: r, parent } of graph.regions) {
      if (!name || r * lens.scale < (parent < 0 ? 24 : 70)) continue;
      const top = sy(lens, y - r) - (parent < 0 ? 5 : -12);
      yield `<text x="${short(sx(lens, x))}" y="${short(top)}" text-anchor="middle" ${style}>${escapeXml(name)}</text>`;
    }
  }
  for (const item of arrangement.decor) {
    if (item.kind === "column")
      yield `<text x="${short(sx(lens, item.x))}" y="20" text-anchor="middle" ${style}>${escapeXml(item.title)}</text>`;
    else if (item.kind === "lane")
      yield `<text x="10" y="${short(sy(lens, item.top) + 16)}" ${style}>${escapeXml(item.title)}</text>`;
    else {
      const anchor = { left: "start", right: "end", center: "middle" }[item.align];
      yield `<text x="${short(sx(lens, item.x))}" y="${short(sy(lens, item.y) + 4)}" text-anchor="${anchor}" font-size="11" fill="${palette.soft}">${escapeXml(item.text)}</text>`;
    }
  }
}

function text(scene: Scene, { node, left, top, height }: LabelBox): string {
  const { size, weight, colour, halo } = labelStyle(scene, node);
  const shown = cut(scene.graph.label[node], 34);
  return `<text x="${short(left)}" y="${short(top + height * 0.78)}" font-size="${size}" font-weight="${weight}" fill="${colour}" stroke="${halo}" stroke-width="3" paint-order="stroke">${escapeXml(shown)}</text>`;
}
