// What people do with the page; each act is a change of the view.
import { announce, type Context, covered, elements } from "./context";
import { byId } from "./dom";
import { degreeOf, typeOf } from "./graph";
import type { TypeName } from "./kinds";
import { bestLineage, hasLineage } from "./lineage";
import type { Action } from "./panels/panel";
import type { Target } from "./pointer";
import { lightNode } from "./scene";
import { GLIDE } from "./stage";
import { isSheet, type Show, type View } from "./view";
import { say } from "./words";

export interface Acts {
  // Chooses a node wherever it is, and brings it into view.
  go(node: number): void;
  choose(target: Target | null): void;
  letGo(): void;
  escape(): void;
  open(show: Show): void;
  focus(node: number, hops: number): void;
  lineage(node: number): void;
  startPath(node: number): void;
  expand(node: number): void;
  flipCompared(node: number): void;
  // The same for what can be compared, told to those who do not see it.
  compare(node: number): void;
  zoomTo(node: number): void;
  bringIn(node: number): void;
  // What the panel offers for a node.
  offers(node: number): Action[];
}

const MOST_COMPARED = 6;
const NEAR_ENOUGH = 0.5;
// A second click within this time makes a double click; until then everything stays where it is.
const SECOND_CLICK = 320;
const CLEAR = 60;
const COMPARABLE: ReadonlySet<TypeName> = new Set<TypeName>(["Method", "Model", "Dataset", "Paper", "Hardware"]);

// How far a place is from where it is clear of both sides, in pixels.
function beyond(at: number, low: number, high: number): number {
  return at + CLEAR > high ? at + CLEAR - high : at < low ? at - CLEAR - low : 0;
}

export function makeActs(context: Context): Acts {
  const { graph, holder, stage } = context;

  // What filters hide of a node that somebody asks for by name.
  function unhide(node: number): Partial<View> {
    if (context.shown.nodes[node]) return {};
    const withoutTypes = new Set([...holder.get().withoutTypes].filter((type) => type !== graph.type[node]));
    return { withoutTypes, years: null, alone: holder.get().alone || degreeOf(graph, node) === 0 };
  }

  function endPath(node: number): void {
    const { pathFrom } = holder.get();
    if (pathFrom === null) return;
    holder.set({ show: "path", path: [pathFrom, node], selected: null, edge: null, pathFrom: null });
  }

  // The panel may have opened above what was clicked, or only its name stood at the edge of the view.
  function stepOut(node: number): void {
    const { scene, engine } = stage;
    if (holder.get().selected !== node || !scene.arrangement.present[node]) return;
    const { x, y } = engine.toScreen(scene.x[node], scene.y[node]);
    const { left, right, top, bottom } = covered();
    const over = beyond(x, left, engine.box.clientWidth - right);
    const under = beyond(y, top, engine.box.clientHeight - bottom);
    if (!over && !under) return;
    const camera = engine.camera();
    stage.look({ ...camera, x: camera.x + over / camera.scale, y: camera.y + under / camera.scale }, GLIDE);
  }

  const acts: Acts = {
    go(node) {
      const { show, pathFrom } = holder.get();
      if (pathFrom !== null) return endPath(node);
      const patch = { ...unhide(node), selected: node, edge: null, cell: null };
      if (isSheet(show)) return holder.set(patch);
      if (stage.scene.arrangement.present[node]) holder.set(patch);
      else if (show === "focus" || show === "lineage") {
        return holder.set({ ...patch, centre: node, opened: [], closed: [] });
      } else holder.set({ ...patch, show: "map" });
      return acts.bringIn(node);
    },

    choose(target) {
      elements().graph.focus({ preventScroll: true });
      const { selected, edge, cell, pathFrom } = holder.get();
      if (target && "node" in target) {
        if (pathFrom !== null) endPath(target.node);
        else {
          holder.set({ selected: target.node, edge: null, cell: null });
          setTimeout(() => stepOut(target.node), SECOND_CLICK);
        }
      } else if (target) holder.set({ selected: null, edge: target.edge, cell: null });
      else if (selected !== null || edge !== null || cell) acts.letGo();
    },

    letGo: () => holder.set({ selected: null, edge: null, cell: null, pathFrom: null }),

    escape() {
      const { show, selected, edge, cell, pathFrom } = holder.get();
      if (elements().help.open) return;
      if (pathFrom !== null || cell || selected !== null || edge !== null) acts.letGo();
      else if (show !== "map") holder.set({ show: "map" });
    },

    open(show) {
      const { selected, centre, hops } = holder.get();
      const chosen = selected ?? centre;
      if (show === "focus") {
        const node = chosen ?? graph.ranking[0];
        if (node !== undefined) acts.focus(node, hops);
      } else if (show === "lineage") {
        const node = chosen !== null && hasLineage(graph, chosen) ? chosen : bestLineage(graph);
        if (node !== null) acts.lineage(node);
      } else holder.set({ show, cell: null, kind: null });
    },

    focus(node, hops) {
      const around = { centre: node, selected: node, edge: null, hops, opened: [], closed: [] };
      holder.set({ ...unhide(node), ...around, show: "focus" });
    },

    lineage: (node) =>
      holder.set({ ...unhide(node), show: "lineage", centre: node, selected: node, edge: null, way: "both" }),

    startPath(node) {
      holder.set({ pathFrom: node }, "touch");
      byId("search").focus();
      announce(say("pathTo"));
    },

    expand(node) {
      const { opened, closed, show, centre } = holder.get();
      if (show !== "focus") return acts.focus(node, 1);
      if (node === centre) return undefined;
      return holder.set(
        opened.includes(node)
          ? { opened: opened.filter((n) => n !== node), closed: [...closed, node] }
          : { opened: [...opened, node], closed: closed.filter((n) => n !== node) },
      );
    },

    flipCompared(node) {
      const { compared } = holder.get();
      const without = compared.filter((n) => n !== node);
      holder.set({ compared: without.length < compared.length ? without : [...compared, node].slice(-MOST_COMPARED) });
    },

    compare(node) {
      if (!context.packed.answers || !COMPARABLE.has(typeOf(graph, node))) return;
      const { compared } = holder.get();
      acts.flipCompared(node);
      announce(`${say(compared.includes(node) ? "removeCompare" : "addCompare")}: ${graph.label[node]}`);
    },

    zoomTo: (node) => stage.fit(lightNode(stage.scene, node, context.shown.edges).nodes, GLIDE),

    bringIn(node) {
      const { scene, engine } = stage;
      const { x, y } = engine.toScreen(scene.x[node], scene.y[node]);
      const { left, right, top, bottom } = covered();
      const [wide, high] = [engine.box.clientWidth, engine.box.clientHeight];
      const within = x > left + 40 && x < wide - right - 40 && y > top + 40 && y < high - bottom - 40;
      if (!within || scene.scale < NEAR_ENOUGH) acts.zoomTo(node);
    },

    offers(node) {
      const { show, opened, compared, centre } = holder.get();
      const list: Action[] = [{ label: say("openFocus"), act: () => acts.focus(node, 1) }];
      if (hasLineage(graph, node)) list.push({ label: say("openLineage"), act: () => acts.lineage(node) });
      list.push({ label: say("findPath"), act: () => acts.startPath(node) });
      if (context.packed.answers && COMPARABLE.has(typeOf(graph, node))) {
        const pressed = compared.includes(node);
        list.push({
          label: say(pressed ? "removeCompare" : "addCompare"),
          act: () => acts.flipCompared(node),
          pressed,
        });
      }
      if (show === "focus" && node !== centre) {
        list.push({ label: say(opened.includes(node) ? "collapse" : "expand"), act: () => acts.expand(node) });
      } else if (show === "map") list.push({ label: say("zoomTo"), act: () => acts.zoomTo(node) });
      return list;
    },
  };
  return acts;
}
