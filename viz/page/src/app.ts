// The page: what a change of the view changes on it.
import { type Acts, makeActs } from "./acts";
import { type Camera, fromAddress, readCamera, toAddress } from "./address";
import { arrangementOf } from "./arranger";
import {
  announce,
  type Context,
  covered,
  elements,
  find,
  measureObstacles,
  obstacles,
  openDetails,
  seen,
} from "./context";
import { byId } from "./dom";
import { exportMenu } from "./exporting";
import { filter } from "./filter";
import { degreeOf, type Graph, typeOf } from "./graph";
import type { PackedGraph } from "./islands";
import { firstView, usualView } from "./opening";
import { widthOf } from "./paint/sprites";
import { PALETTES, type Theme } from "./palette";
import { drawBar } from "./panels/bar";
import { drawLegend } from "./panels/legend";
import { SearchBox } from "./panels/search";
import { drawHelp, drawTabs, looseSwitch, statusOf } from "./panels/shell";
import type { Target } from "./pointer";
import { type Lit, lightEdge, lightNode } from "./scene";
import { makeSide, type Side } from "./side";
import { GLIDE, Stage } from "./stage";
import { keepSteps, type Steps } from "./steps";
import { ARRANGING, type Change, differs, FILTERS, type Holder, holdView, isSheet, type View } from "./view";
import { wire } from "./wiring";
import { number, say, sayEverywhere, speak } from "./words";

const measure = (text: string): number => widthOf(text, 13, 500);

export class App {
  readonly context: Context;
  private readonly holder: Holder;
  private readonly stage: Stage;
  private readonly usual: View;
  private readonly steps: Steps;
  private readonly side: Side;
  private readonly acts: Acts;
  private readonly calmly = matchMedia("(prefers-reduced-motion: reduce)");
  private readonly nightly = matchMedia("(prefers-color-scheme: dark)");
  private readonly redrawLegend: () => void;
  private readonly redrawExports: () => void;
  private mapCamera: Camera | null;
  private hovered: Target | null = null;

  constructor(
    private readonly graph: Graph,
    private readonly packed: PackedGraph,
  ) {
    const address = location.hash.slice(1);
    this.usual = usualView(graph, navigator.language);
    this.holder = holdView(firstView(graph, packed.open, this.usual, address));
    this.mapCamera = readCamera(graph, address);
    const view = this.holder.get();
    speak(view.language);
    const shown = filter(graph, view);
    const palette = PALETTES[this.theme()];
    const first = arrangementOf(graph, shown, view, measure);
    const hooks = { covered, obstacles, rested: () => this.rested(), calm: () => this.calmly.matches };
    const options = JSON.parse(byId("options").textContent ?? "{}");
    this.stage = new Stage(elements().graph, graph, first, palette, hooks, options);
    this.context = { graph, packed, holder: this.holder, stage: this.stage, shown, palette };
    this.acts = makeActs(this.context);
    this.side = makeSide(this.context, this.acts);
    this.steps = keepSteps((told) => this.goTo(told));
    this.redrawLegend = this.legend();
    this.redrawExports = this.exports();
    this.listen();
    this.open();
  }

  private theme(): Theme {
    const { theme } = this.holder.get();
    return theme === "auto" ? (this.nightly.matches ? "dark" : "light") : theme;
  }

  private legend(): () => void {
    const loose = () =>
      looseSwitch(this.stage.scene.loose, this.stage.canLoosen, () => {
        this.stage.loosen(!this.stage.scene.loose);
        this.redrawLegend();
      });
    return drawLegend(elements().legend, this.side.desk, this.holder, loose, () => {
      measureObstacles();
      this.stage.engine.wish();
    });
  }

  private exports(): () => void {
    return exportMenu(byId<HTMLSelectElement>("export"), {
      stage: this.stage,
      seen: () => seen(this.context),
      details: openDetails,
      done: (file) => announce(say("copied", { file })),
    });
  }

  private listen(): void {
    wire(this.context, this.acts, {
      hover: (target) => {
        this.hovered = target;
        this.stage.light(this.litBy());
      },
      openPanel: () => void this.side.drawPanel().then(() => elements().panel.focus()),
      flipTheme: () => this.holder.set({ theme: this.theme() === "dark" ? "light" : "dark" }, "touch"),
    });
    new SearchBox(this.side.desk, byId<HTMLInputElement>("search"), byId("hits"), () => find(this.graph), this.acts.go);
    byId("back").addEventListener("click", this.steps.back);
    byId("forward").addEventListener("click", this.steps.forward);
    this.nightly.addEventListener("change", () => this.repaint());
    // Paper is light, whatever the screen is.
    addEventListener("beforeprint", () => this.repaint("light"));
    addEventListener("afterprint", () => this.repaint());
    this.holder.listen((view, before, change) => this.follow(view, before, change));
  }

  // The first picture.
  private open(): void {
    const { show, selected } = this.holder.get();
    const { stage } = this;
    document.documentElement.dataset.theme = this.theme();
    this.sayAll();
    stage.select(selected);
    void this.side.drawPanel();
    void this.side.drawSheet();
    this.drawChrome();
    this.drawSteps();
    stage.arrange(stage.scene.arrangement, show === "map" ? this.mapCamera : null, true);
    if (show === "map" && selected !== null && !this.mapCamera) this.acts.zoomTo(selected);
    stage.light(this.litBy());
    this.drawStatus();
  }

  private goTo(address: string): void {
    const { holder, stage, graph, usual } = this;
    // How the page looks and what it speaks are no places to go back to.
    const { language, theme } = holder.get();
    const view = { ...fromAddress(graph, address, usual), language, theme };
    const stays = view.show === "map" && stage.scene.arrangement.show === "map";
    if (view.show === "map") this.mapCamera = readCamera(graph, address);
    holder.set(view, "touch");
    if (!stays) return;
    if (this.mapCamera) stage.look(this.mapCamera, GLIDE);
    else stage.fit(undefined, GLIDE);
  }

  private follow(view: View, before: View, change: Change): void {
    if (view.language !== before.language) {
      speak(view.language);
      this.sayAll();
    }
    const filtered = differs(view, before, ...FILTERS);
    if (filtered) this.context.shown = filter(this.graph, view);
    if (filtered || view.show !== before.show) this.redrawLegend();
    if (view.theme !== before.theme) this.paint(this.theme());
    this.hovered = null;
    this.stage.select(view.selected);
    void this.side.drawPanel();
    this.drawChrome();
    if (!isSheet(view.show)) this.arrange(view, before, filtered);
    if (isSheet(view.show) || isSheet(before.show)) void this.side.drawSheet();
    this.stage.light(this.litBy());
    this.drawStatus();
    this.steps.tell(toAddress(this.graph, view, this.usual, this.mapCamera), change === "step");
    this.drawSteps();
    if (view.selected !== before.selected && view.selected !== null) this.announceNode(view.selected);
  }

  private arrange(view: View, before: View, filtered: boolean): void {
    if (!filtered && !differs(view, before, ...ARRANGING)) return;
    const { stage } = this;
    const arrangement = arrangementOf(this.graph, this.context.shown, view, measure);
    if (arrangement.show === "map" && stage.scene.arrangement.show === "map") return stage.replace(arrangement);
    if (arrangement.show === "map") return stage.arrange(arrangement, this.mapCamera, false);
    // What only grows or shrinks stays where it is.
    const same = !differs(view, before, "show", "centre", "way", "by", "withUses", "hops", "path");
    return stage.arrange(arrangement, same ? stage.engine.camera() : null, filtered);
  }

  private rested(): void {
    if (this.stage.scene.arrangement.show === "map") this.mapCamera = this.stage.engine.camera();
    this.steps.tell(toAddress(this.graph, this.holder.get(), this.usual, this.mapCamera), false);
    this.drawStatus();
  }

  // What stands out: what the pointer is over, else what is chosen.
  private litBy(): Lit | null {
    const { stage, graph, hovered } = this;
    const { scene } = stage;
    const { selected, edge, centre, show } = this.holder.get();
    const { edges } = this.context.shown;
    const present = (node: number) => scene.arrangement.present[node] === 1;
    if (hovered && "edge" in hovered) return lightEdge(scene, hovered.edge);
    if (hovered && present(hovered.node)) return lightNode(scene, hovered.node, edges);
    if (edge !== null) return present(graph.from[edge]) && present(graph.to[edge]) ? lightEdge(scene, edge) : null;
    // In a picture around a node all of it is about that node.
    const around = selected === centre && (show === "focus" || show === "lineage");
    return selected !== null && present(selected) && !around ? lightNode(scene, selected, edges) : null;
  }

  private drawChrome(): void {
    const { show, compared, centre } = this.holder.get();
    drawTabs(byId("tabs"), show, compared.length, this.packed.answers, this.acts.open);
    const titled = centre !== null && (show === "focus" || show === "lineage");
    drawBar(elements().bar, this.holder, titled ? this.graph.label[centre] : "");
  }

  private drawSteps(): void {
    byId<HTMLButtonElement>("back").disabled = !this.steps.can.back;
    byId<HTMLButtonElement>("forward").disabled = !this.steps.can.forward;
  }

  private drawStatus(): void {
    const { arrangement } = this.stage.scene;
    const { show, alone } = this.holder.get();
    const { graph, context, packed } = this;
    let [filtered, lonely] = [0, 0];
    for (let node = 0; node < graph.size; node += 1) {
      if (context.shown.nodes[node]) continue;
      if (!alone && degreeOf(graph, node) === 0) lonely += 1;
      else filtered += 1;
    }
    const parts = [statusOf(arrangement, this.stage.pictureState(), { filtered, lonely, page: packed.leftOut })];
    if (arrangement.count === 0) parts.unshift(say(show === "timeline" ? "timelineNone" : "emptyGraph"));
    if (show === "lineage" && arrangement.lines.length === 0) parts.unshift(say("lineageNone"));
    byId("status").textContent = parts.join(" · ");
    measureObstacles();
    this.stage.engine.wish();
  }

  private sayAll(): void {
    sayEverywhere(document);
    byId("language").textContent = say("otherLanguage");
    drawHelp(elements().help);
    this.redrawExports();
    this.redrawLegend();
  }

  private paint(theme: Theme): void {
    this.context.palette = PALETTES[theme];
    document.documentElement.dataset.theme = theme;
    this.stage.paint(this.context.palette);
    this.redrawLegend();
  }

  // Marks and lines stand in the panel and the tables too.
  private repaint(theme = this.theme()): void {
    this.paint(theme);
    void this.side.drawPanel();
    void this.side.drawSheet();
  }

  private announceNode(node: number): void {
    const type = say(typeOf(this.graph, node));
    announce(say("selectedSay", { name: this.graph.label[node], type, n: number(degreeOf(this.graph, node)) }));
  }
}
