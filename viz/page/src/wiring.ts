// Which gesture, key and button does what.
import type { Acts } from "./acts";
import { nextNode } from "./compass";
import { type Context, elements, measureObstacles } from "./context";
import { byId } from "./dom";
import { type KeyActs, listenToKeys } from "./keyboard";
import { followPointer, type Target } from "./pointer";

export interface Wires {
  hover(target: Target | null): void;
  openPanel(): void;
  flipTheme(): void;
}

const ZOOM = 1.35;
// How long after the last change of its size a window counts as having one.
const SETTLED = 60; // milliseconds

export function wire(context: Context, acts: Acts, wires: Wires): void {
  const { holder, stage } = context;
  const parts = elements();
  followPointer(stage, {
    hover: wires.hover,
    choose: acts.choose,
    open: (node) => (holder.get().show === "focus" ? acts.expand(node) : acts.focus(node, 1)),
  });
  const keys = keyActs(context, acts, wires);
  listenToKeys(parts.graph, keys);
  const onClick = (id: string, act: () => void) => byId(id).addEventListener("click", act);
  onClick("fit", keys.fit);
  onClick("zoom-in", () => keys.zoom(1));
  onClick("zoom-out", () => keys.zoom(-1));
  onClick("help", keys.help);
  onClick("theme", wires.flipTheme);
  onClick("language", () => holder.set({ language: holder.get().language === "zh" ? "en" : "zh" }, "touch"));
  onClick("skip", () => {
    acts.open("table");
    parts.sheet.focus();
  });
  let sized = 0;
  addEventListener("resize", () => {
    clearTimeout(sized);
    sized = window.setTimeout(() => {
      measureObstacles();
      stage.refresh(true);
    }, SETTLED);
  });
}

function keyActs({ graph, holder, stage }: Context, acts: Acts, wires: Wires): KeyActs {
  const withChosen = (act: (node: number) => void) => {
    const node = holder.get().selected ?? holder.get().centre;
    if (node !== null) act(node);
  };
  return {
    search: () => byId("search").focus(),
    escape: acts.escape,
    fit: () => stage.fit(undefined, 300),
    help: () => elements().help.showModal(),
    zoom(step) {
      const camera = stage.engine.camera();
      stage.look({ ...camera, scale: Math.min(8, Math.max(0.01, camera.scale * ZOOM ** step)) }, 160);
    },
    go(direction) {
      const { scene } = stage;
      const { selected } = holder.get();
      const start = graph.ranking.find((node) => scene.arrangement.present[node] === 1) ?? null;
      const next = selected === null ? start : nextNode(scene, selected, direction);
      if (next === null) return;
      holder.set({ selected: next, edge: null }, "touch");
      acts.bringIn(next);
    },
    open: wires.openPanel,
    focus: (hops) => withChosen((node) => acts.focus(node, hops)),
    lineage: () => withChosen(acts.lineage),
    path: () => withChosen(acts.startPath),
    expand: () => withChosen(acts.expand),
    compare: () => withChosen(acts.compare),
    table: () => acts.open(holder.get().show === "table" ? "map" : "table"),
  };
}
