// The view with which the page opens: as its address says, else as whoever made it wants it.
import { fromAddress } from "./address";
import { degreeOf, type Graph } from "./graph";
import type { Opening } from "./islands";
import { FIRST_VIEW, type View } from "./view";

// What goes without saying: the reader's language; of a graph with hardly a relation, all that stands alone.
export function usualView(graph: Graph, locale: string): View {
  const language = locale.toLowerCase().startsWith("zh") ? "zh" : "en";
  let linked = 0;
  for (let node = 0; node < graph.size; node += 1) linked += Number(degreeOf(graph, node) > 0);
  return { ...FIRST_VIEW, language, alone: linked < 0.25 * graph.size && graph.size < 400 };
}

export function firstView(graph: Graph, { show, centre, hops, way }: Opening, usual: View, address: string): View {
  if (address) return fromAddress(graph, address, usual);
  if (centre === null) return show === "timeline" ? { ...usual, show } : usual;
  return { ...usual, show, centre: show === "map" ? null : centre, hops, way, selected: centre };
}
