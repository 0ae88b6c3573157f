// vis-network as we use it: it holds the nodes that matter in the view, moves the camera, and lets people drag.
import type { Camera } from "./address";
import type { Box } from "./grid";

export interface Engine {
  readonly box: HTMLElement;
  // Draws now; `wish` draws with the next frame.
  draw(): void;
  wish(): void;
  own(nodes: readonly number[], x: Float32Array, y: Float32Array): void;
  owned(): ReadonlySet<number>;
  camera(): Camera;
  look(camera: Camera, milliseconds: number): void;
  // What of the plane is seen, and a margin around it as a share of its size.
  seen(margin: number): Box;
  toScreen(x: number, y: number): vis.Point;
  toPlane(x: number, y: number): vis.Point;
  // Lets the nodes that are owned pull and push each other; null ends it.
  loosen(edges: readonly (readonly [edge: number, from: number, to: number])[] | null): void;
  places(): Record<number, vis.Point>;
  readonly network: vis.Network;
}

export interface Painter {
  before(pen: CanvasRenderingContext2D): void;
  // Draws a node and returns its radius in the plane.
  node(pen: CanvasRenderingContext2D, node: number, x: number, y: number): number;
  after(pen: CanvasRenderingContext2D): void;
}

const PHYSICS = {
  enabled: true,
  solver: "forceAtlas2Based",
  forceAtlas2Based: {
    gravitationalConstant: -60,
    springLength: 70,
    springConstant: 0.06,
    damping: 0.6,
    avoidOverlap: 0.3,
  },
  stabilization: false,
  minVelocity: 0.6,
};

export function startEngine(box: HTMLElement, options: object, painter: Painter): Engine {
  const nodes = new vis.DataSet<vis.NodeItem>();
  const edges = new vis.DataSet<vis.EdgeItem>();
  const network = new vis.Network(box, { nodes, edges }, options);
  let owned: ReadonlySet<number> = new Set();
  let wished = 0;
  const item = (id: number, x: number, y: number): vis.NodeItem => ({
    id,
    x,
    y,
    shape: "custom",
    ctxRenderer: ({ ctx, id: node, x: px, y: py }) => {
      const size = 2 * painter.node(ctx, node, px, py);
      return { drawNode: () => undefined, nodeDimensions: { width: size, height: size } };
    },
  });
  // The box around it is what the keyboard stops at.
  for (const inner of box.querySelectorAll<HTMLElement>("[tabindex]")) inner.tabIndex = -1;
  network.on("beforeDrawing", (pen) => painter.before(pen));
  network.on("afterDrawing", (pen) => painter.after(pen));
  const engine: Engine = {
    box,
    network,
    draw() {
      cancelAnimationFrame(wished);
      wished = 0;
      network.redraw();
    },
    wish() {
      if (!wished) wished = requestAnimationFrame(() => engine.draw());
    },
    own(wanted, x, y) {
      const next = new Set(wanted);
      const gone = [...owned].filter((node) => !next.has(node));
      owned = next;
      if (gone.length) nodes.remove(gone);
      nodes.update(wanted.map((node) => item(node, x[node], y[node])));
    },
    owned: () => owned,
    camera: () => ({ ...network.getViewPosition(), scale: network.getScale() }),
    look({ x, y, scale }, milliseconds) {
      const animation =
        milliseconds > 0 ? { duration: milliseconds, easingFunction: "easeInOutCubic" as const } : false;
      network.moveTo({ position: { x, y }, scale, animation });
    },
    seen(margin) {
      const { x, y, scale } = engine.camera();
      const [width, height] = [(box.clientWidth / scale) * (0.5 + margin), (box.clientHeight / scale) * (0.5 + margin)];
      return { left: x - width, right: x + width, top: y - height, bottom: y + height };
    },
    toScreen: (x, y) => network.canvasToDOM({ x, y }),
    toPlane: (x, y) => network.DOMtoCanvas({ x, y }),
    loosen(links) {
      edges.clear();
      if (links) edges.update(links.map(([id, from, to]) => ({ id, from, to, hidden: true })));
      network.setOptions({ physics: links ? PHYSICS : { enabled: false } });
      if (!links) network.stopSimulation();
    },
    places: () => network.getPositions([...owned]),
  };
  return engine;
}
