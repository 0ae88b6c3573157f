// Starts the page when its data has been read, and hands it to scripts beside it.
import { App } from "./app";
import { find } from "./context";
import { isUpright } from "./fitting";
import { type Graph, readGraph } from "./graph";
import { type PackedGraph, readIsland } from "./islands";
import type { Stage } from "./stage";
import type { View } from "./view";

// What scripts beside the page may do with it, tests and benchmarks among them.
export interface PageHandle {
  readonly graph: Graph;
  readonly stage: Stage;
  view(): View;
  set(patch: Partial<View>): void;
  find(name: string): number | null;
  // Where a node stands on the page, in pixels; null if it is not in the picture.
  locate(node: number): { x: number; y: number } | null;
}

declare global {
  interface Window {
    papergraph?: PageHandle;
  }
}

function handle({ context: { graph, holder, stage } }: App): PageHandle {
  return {
    graph,
    stage,
    view: holder.get,
    set: (patch) => holder.set(patch),
    find: (name) => find(graph)(name, 1)[0]?.node ?? null,
    locate(node) {
      const { scene, engine } = stage;
      if (!scene.arrangement.present[node]) return null;
      const { left, top } = engine.box.getBoundingClientRect();
      const { x, y } = engine.toScreen(scene.x[node], scene.y[node]);
      return { x: x + left, y: y + top };
    },
  };
}

async function start(): Promise<void> {
  const packed = await readIsland<PackedGraph>("graph-data");
  window.papergraph = handle(new App(readGraph(packed, isUpright(innerWidth, innerHeight)), packed));
  requestAnimationFrame(() => {
    document.documentElement.dataset.ready = "true";
  });
}

void start();
