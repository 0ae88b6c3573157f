// What is seen as an SVG drawing: the same shapes, lines and texts as on the canvas, sharp at any size.
import { familyOfEdge } from "../graph";
import { DASHES, TYPES, WIDTHS } from "../kinds";
import type { Writing } from "../paint/captions";
import { PathWriter, short, trace } from "../paint/curves";
import { type Lens, RING } from "../paint/frame";
import { litLines, liveLines, stillLines } from "../paint/lines";
import { drawMark } from "../paint/marks";
import { bundleStyle } from "../paint/regions";
import { FONT } from "../paint/sprites";
import { type LineSet, RIM, traceHead, traceLine } from "../paint/strokes";
import { edgesAreLive, radius, restStrength, type Scene, strengthOf } from "../scene";
import { escapeXml } from "./xml";

// Where letters stand in the height of their line.
const BASELINE = 0.7;

// A picture on its way to becoming SVG: the plane, and how it lies under the page.
interface Print {
  readonly scene: Scene;
  readonly lens: Lens;
}

export function toSvg(scene: Scene, lens: Lens, written: readonly Writing[]): string {
  const { width, height } = lens;
  const { palette } = scene;
  const print = { scene, lens };
  const still = stillLines(scene, lens.view);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" xml:space="preserve" font-family="${escapeXml(FONT)}">`,
    `<title>${escapeXml(scene.graph.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette.ground}"/>`,
    ...decor(print),
    `<g opacity="${short(restStrength(scene))}">`,
    ...regions(print),
    ...still.bundles.map((bundle) => {
      const { alpha, width: thick } = bundleStyle(bundle, still.bundles);
      return line(
        path(print, (pen) => trace(pen, bundle.curve)),
        palette.line,
        thick,
        alpha,
        ' stroke-linecap="round"',
      );
    }),
    ...still.sets.flatMap((set) => [...lines(print, set)]),
    "</g>",
    ...(edgesAreLive(scene) ? lines(print, liveLines(scene)) : []),
    ...lines(print, litLines(scene)),
    ...marks(print),
    ...written.map(text),
    "</svg>",
    "",
  ];
  return parts.join("\n");
}

const place = ({ lens }: Print, x: number, y: number): readonly [number, number] => [
  (x - lens.view.left) * lens.scale,
  (y - lens.view.top) * lens.scale,
];

function path(print: Print, draw: (pen: PathWriter) => void): string {
  const pen = new PathWriter((x, y) => place(print, x, y));
  draw(pen);
  return String(pen);
}

const line = (d: string, colour: string, width: number, alpha: number, more = ""): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${short(width)}" stroke-opacity="${short(alpha)}"${more}/>`;

function* regions({ scene, lens }: Print): Generator<string> {
  const { arrangement, graph, palette } = scene;
  if (arrangement.show !== "map") return;
  for (const region of graph.regions) {
    const [x, y] = place({ scene, lens }, region.x, region.y);
    const fill = region.parent < 0 ? palette.region : palette.inner;
    yield `<circle cx="${short(x)}" cy="${short(y)}" r="${short(region.radius * lens.scale)}" fill="${fill}" stroke="${palette.rim}"/>`;
  }
}

// Every other lane is tinted; a line stands under the title of each column.
function* decor(print: Print): Generator<string> {
  const { scene, lens } = print;
  const { arrangement, palette } = scene;
  let odd = false;
  for (const item of arrangement.decor) {
    if (item.kind === "lane") {
      odd = !odd;
      const [, top] = place(print, 0, item.top);
      const high = (item.bottom - item.top) * lens.scale;
      if (odd) yield `<rect y="${short(top)}" width="${lens.width}" height="${short(high)}" fill="${palette.region}"/>`;
    } else if (item.kind === "column") {
      const [x] = place(print, item.x, 0);
      yield `<path d="M${short(x)} 0V${lens.height}" stroke="${palette.line}"/>`;
    }
  }
}

function* lines(print: Print, set: LineSet): Generator<string> {
  const { scene } = print;
  const { graph, palette } = scene;
  for (const edge of set.edges) {
    const family = familyOfEdge(graph, edge);
    const [colour, alpha] = [palette[family], set.alpha(family)];
    const dash = set.dashed && DASHES[family].length ? ` stroke-dasharray="${DASHES[family].join(" ")}"` : "";
    yield line(
      path(print, (pen) => traceLine(pen, scene, edge, set.curved)),
      colour,
      WIDTHS[family] * set.width,
      alpha,
      dash,
    );
    const head = set.heads ? path(print, (pen) => traceHead(pen, scene, edge)) : "";
    if (head) {
      yield `<path d="${head}" fill="${colour}" stroke="${colour}" stroke-width="${RIM}" opacity="${short(alpha)}"/>`;
    }
  }
}

function* marks(print: Print): Generator<string> {
  const { scene, lens } = print;
  const { graph, arrangement, palette, selected } = scene;
  for (let node = 0; node < graph.size; node += 1) {
    const [x, y] = place(print, scene.x[node], scene.y[node]);
    const seen = x > -30 && y > -30 && x < lens.width + 30 && y < lens.height + 30;
    if (!arrangement.present[node] || !seen) continue;
    const pen = new PathWriter();
    const r = radius(scene, node);
    drawMark(pen, graph.type[node], x, y, r);
    const fill = palette[TYPES[graph.type[node]]];
    const back = strengthOf(scene, node) < 1 ? ` opacity="${short(strengthOf(scene, node))}"` : "";
    yield `<path d="${pen}" fill="${fill}" stroke="${palette.ground}"${back}><title>${escapeXml(graph.label[node])}</title></path>`;
    if (node !== selected) continue;
    yield `<circle cx="${short(x)}" cy="${short(y)}" r="${short(r + RING)}" fill="none" stroke="${palette.accent}" stroke-width="2"/>`;
  }
}

function text({ text: said, style, left, top, height, alpha }: Writing): string {
  const { size, weight, colour, halo } = style;
  const back = alpha < 1 ? ` opacity="${short(alpha)}"` : "";
  return `<text x="${short(left)}" y="${short(top + height * BASELINE)}" font-size="${size}" font-weight="${weight}" fill="${colour}" stroke="${halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"${back}>${escapeXml(said)}</text>`;
}
