// Brings a scene onto the canvas: decides what the engine holds, has the picture drawn, moves what moves.
import type { Camera } from "./address";
import type { Arrangement } from "./arrange/arrangement";
import { type Engine, startEngine } from "./engine";
import { type Covered, fitCamera } from "./fitting";
import type { Graph } from "./graph";
import { type LabelMemory, paintAbove, type Writing } from "./paint/captions";
import { inView, type Lens, paintBehind, paintNode } from "./paint/frame";
import type { Rect } from "./paint/labels";
import { drawPicture, type Picture } from "./paint/picture";
import type { Palette } from "./palette";
import { edgesAreLive, type Lit, makeScene, rearrange, regrid, type Scene } from "./scene";

export interface StageHooks {
  covered(): Covered;
  // What lies above the canvas, in pixels of it.
  obstacles(): readonly Rect[];
  // The camera has come to rest.
  rested(): void;
  // Nothing glides or fades.
  calm(): boolean;
}

// How many nodes the engine holds: quick with hundreds, slow with thousands.
export const MOST_OWNED = 260;
const WHOLE = 400;
const MARGIN = 0.3;
const EVERYWHERE = 1e6;
const REST = 110; // milliseconds
const TRAVEL = 420;
// How long the camera is on its way.
export const GLIDE = 350;
const DIM = 130;
const MOST_TRAVELLING = 700;
const MOST_LOOSE = 1000;

export class Stage {
  readonly scene: Scene;
  readonly engine: Engine;
  private readonly memory: LabelMemory = { sides: new Map() };
  // An older one of more of the plane, and the newest above it.
  private pictures: Picture[] = [];
  private candidates: readonly number[] = [];
  private written: readonly Writing[] = [];
  // Of the frame that is being drawn.
  private frame: Lens;
  // The number of the last order for a picture; older ones are given up.
  private order = 0;
  private resting = 0;
  private dimming = 0;

  constructor(
    private readonly box: HTMLElement,
    graph: Graph,
    first: Arrangement,
    palette: Palette,
    private readonly hooks: StageHooks,
    options: object,
  ) {
    this.scene = makeScene(graph, first, palette);
    this.engine = startEngine(box, options, {
      before: (pen) => this.behind(pen),
      node: (pen, node, x, y) => this.node(pen, node, x, y),
      after: (pen) => {
        this.written = paintAbove(pen, this.scene, this.frame, this.candidates, this.memory);
      },
    });
    this.frame = this.lens();
    this.listen();
  }

  // Shows another arrangement; without a camera it is fitted.
  arrange(arrangement: Arrangement, camera: Camera | null, calm: boolean): void {
    this.loosen(false);
    const before = this.screenPlaces();
    rearrange(this.scene, arrangement);
    this.memory.sides.clear();
    this.pictures = [];
    this.scene.lit = null;
    this.scene.dim = 0;
    this.engine.look(camera ?? this.fitting(), 0);
    this.refresh(true);
    if (!calm && !this.hooks.calm() && arrangement.count <= MOST_TRAVELLING) this.travelFrom(before);
  }

  // The same places, with more or fewer nodes and lines.
  replace(arrangement: Arrangement): void {
    this.scene.arrangement = arrangement;
    regrid(this.scene);
    this.pictures = [];
    this.refresh(true);
  }

  light(lit: Lit | null): void {
    if (lit) this.scene.lit = lit;
    else if (!this.scene.lit) return;
    this.dimTowards(lit !== null);
  }

  select(node: number | null): void {
    this.scene.selected = node;
    this.engine.wish();
  }

  paint(palette: Palette): void {
    this.scene.palette = palette;
    this.pictures = [];
    this.refresh(true);
  }

  fit(nodes?: Iterable<number>, milliseconds = 0): void {
    this.look(this.fitting(nodes), milliseconds);
  }

  look(camera: Camera, milliseconds: number): void {
    const calm = this.hooks.calm() || milliseconds === 0;
    this.engine.look(camera, calm ? 0 : milliseconds);
    if (calm) this.rest();
  }

  labelAt(x: number, y: number): number | null {
    const hit = this.written.find(
      ({ node, left, top, width, height }) =>
        node !== null && x >= left && x <= left + width && y >= top && y <= top + height,
    );
    return hit ? hit.node : null;
  }

  // What is written on the canvas.
  writings(): readonly Writing[] {
    return this.written;
  }

  pictureState(): Pick<Picture, "bundled" | "leftOut"> {
    return this.pictures[this.pictures.length - 1] ?? { bundled: false, leftOut: 0 };
  }

  get canLoosen(): boolean {
    return this.scene.arrangement.count <= MOST_LOOSE;
  }

  // Lets nodes pull and push each other, from where they are.
  loosen(on: boolean): void {
    const { scene, engine } = this;
    if (on === scene.loose) return;
    scene.loose = on;
    if (on) {
      this.finish(null, this.owners());
      engine.loosen(this.ownedLinks());
      return;
    }
    engine.loosen(null);
    this.follow();
    regrid(scene);
    this.refresh();
  }

  lens(): Lens {
    const { box, engine } = this;
    const canvas = box.querySelector("canvas");
    const { left, right, top } = this.hooks.covered();
    return {
      view: engine.seen(0),
      scale: engine.network.getScale(),
      width: box.clientWidth,
      height: box.clientHeight,
      density: canvas && box.clientWidth ? canvas.width / box.clientWidth : 1,
      inset: { left, right, top },
      obstacles: this.hooks.obstacles(),
    };
  }

  // Draws the picture anew for the present view; `now` all at once, where there is nothing else to see yet.
  refresh(now = false): void {
    const { scene, engine } = this;
    this.order += 1;
    const own = this.owners();
    scene.scale = engine.camera().scale;
    const small = scene.arrangement.count <= WHOLE && edgesAreLive(scene);
    if (scene.arrangement.show !== "map" && small) return this.finish(null, own);
    const order = { view: engine.seen(MARGIN), scale: scene.scale, density: this.lens().density, owned: new Set(own) };
    return this.work(drawPicture(scene, order), own, this.order, now);
  }

  // One piece for each frame: what it costs shows only when the browser draws it.
  private work(drawing: Generator<void, Picture>, own: readonly number[], order: number, now: boolean): void {
    if (order !== this.order) return;
    let step = drawing.next();
    while (now && !step.done) step = drawing.next();
    if (step.done) return this.finish(step.value, own);
    requestAnimationFrame(() => this.work(drawing, own, order, now));
  }

  private finish(picture: Picture | null, own: readonly number[]): void {
    const [oldest] = this.pictures;
    this.pictures = picture ? (oldest ? [oldest, picture] : [picture]) : [];
    this.candidates = own;
    this.engine.own(own, this.scene.x, this.scene.y);
    this.engine.wish();
  }

  private owners(): number[] {
    const { scene, engine } = this;
    if (scene.loose) return inView(scene, engine.seen(EVERYWHERE), MOST_LOOSE);
    const whole = scene.arrangement.count <= WHOLE;
    return inView(scene, engine.seen(whole ? EVERYWHERE : 0.08), whole ? WHOLE : MOST_OWNED);
  }

  private ownedLinks(): [edge: number, from: number, to: number][] {
    const { graph, arrangement } = this.scene;
    const owned = this.engine.owned();
    const links: [number, number, number][] = [];
    for (const edge of arrangement.lines) {
      const [from, to] = [graph.from[edge], graph.to[edge]];
      if (owned.has(from) && owned.has(to)) links.push([edge, from, to]);
    }
    return links;
  }

  private fitting(nodes?: Iterable<number>): Camera {
    return fitCamera(this.scene, this.box.clientWidth, this.box.clientHeight, this.hooks.covered(), nodes);
  }

  private behind(pen: CanvasRenderingContext2D): void {
    this.scene.scale = this.engine.network.getScale();
    if (this.scene.loose) this.follow();
    this.frame = this.lens();
    paintBehind(pen, this.scene, this.frame, this.pictures);
  }

  private node(pen: CanvasRenderingContext2D, node: number, x: number, y: number): number {
    const { scene } = this;
    return scene.travelling
      ? paintNode(pen, scene, node, scene.x[node], scene.y[node])
      : paintNode(pen, scene, node, x, y);
  }

  // Takes over where the engine has moved its nodes.
  private follow(): void {
    const places = this.engine.places();
    for (const node of this.engine.owned()) this.put(node, places[node]);
  }

  private put(node: number, { x, y }: vis.Point): void {
    this.scene.x[node] = x;
    this.scene.y[node] = y;
    this.scene.moved.add(node);
  }

  private listen(): void {
    const { network } = this.engine;
    network.on("zoom", () => this.rest());
    network.on("animationFinished", () => this.rest());
    network.on("stabilized", () => this.rest());
    network.on("dragging", ({ nodes }) => {
      const places = nodes.length ? network.getPositions(nodes) : {};
      for (const node of nodes) this.put(node, places[node]);
    });
    network.on("dragEnd", ({ nodes }) => {
      if (nodes.length) regrid(this.scene);
      this.rest();
    });
  }

  private rest(): void {
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => {
      this.refresh();
      this.hooks.rested();
    }, REST);
  }

  // What stood out stays so until everything else has come forward again.
  private dimTowards(back: boolean): void {
    const { scene } = this;
    cancelAnimationFrame(this.dimming);
    const goal = Number(back);
    const [start, from] = [performance.now(), scene.dim];
    const step = (time: number) => {
      const share = this.hooks.calm() || from === goal ? 1 : Math.min(1, Math.max(0, (time - start) / DIM));
      scene.dim = from + (goal - from) * share;
      if (share === 1 && !back) scene.lit = null;
      this.engine.draw();
      if (share < 1) this.dimming = requestAnimationFrame(step);
    };
    this.dimming = requestAnimationFrame(step);
  }

  private screenPlaces(): Map<number, vis.Point> {
    const { scene, engine } = this;
    const places = new Map<number, vis.Point>();
    if (scene.arrangement.count > 20 * MOST_TRAVELLING) return places;
    for (let node = 0; node < scene.graph.size; node += 1) {
      if (scene.arrangement.present[node]) places.set(node, engine.toScreen(scene.x[node], scene.y[node]));
    }
    return places;
  }

  // Moves nodes that were on the screen from where they were to where they belong.
  private travelFrom(before: ReadonlyMap<number, vis.Point>): void {
    const { scene, engine } = this;
    const trips = [...engine.owned()].flatMap((node) => {
      const place = before.get(node);
      if (!place) return [];
      return [{ node, start: engine.toPlane(place.x, place.y), x: scene.x[node], y: scene.y[node] }];
    });
    if (!trips.length) return;
    const [began, order] = [performance.now(), this.order];
    scene.travelling = true;
    const step = (time: number) => {
      if (order !== this.order) return;
      const share = Math.min(1, Math.max(0, (time - began) / TRAVEL));
      const left = (1 - share) ** 3;
      for (const { node, start, x, y } of trips) {
        scene.x[node] = x + (start.x - x) * left;
        scene.y[node] = y + (start.y - y) * left;
      }
      scene.travelling = share < 1;
      engine.draw();
      if (share < 1) requestAnimationFrame(step);
    };
    step(began);
  }
}
