// Which arrangement a view asks for.
import type { Arrangement } from "./arrange/arrangement";
import { arrangeFocus } from "./arrange/focus";
import { arrangeLineage } from "./arrange/lineage";
import { arrangeMap } from "./arrange/map";
import { arrangePath } from "./arrange/path";
import { arrangeTimeline } from "./arrange/timeline";
import type { Shown } from "./filter";
import type { Graph } from "./graph";
import { findPath } from "./paths";
import type { Measure } from "./text";
import type { View } from "./view";
import { say, sayRelation } from "./words";

export function arrangementOf(graph: Graph, shown: Shown, view: View, measure: Measure): Arrangement {
  const { centre } = view;
  switch (view.show) {
    case "focus":
      if (centre === null) break;
      return arrangeFocus(graph, shown, { ...view, centre }, measure, ({ predicate, outgoing, edges }, drawn) => {
        const many = drawn < edges.length ? `  ${say("of", { n: drawn, all: edges.length })}` : "";
        return sayRelation(predicate, outgoing) + many;
      });
    case "lineage":
      if (centre === null) break;
      return arrangeLineage(graph, shown, { ...view, centre }, measure, say("unknownYear"), (predicate) =>
        sayRelation(predicate, true),
      );
    case "path": {
      const steps = view.path && findPath(graph, shown.edges, view.path[0], view.path[1]);
      if (!steps || !view.path) break;
      return arrangePath(graph, shown, view.path[0], steps, (predicate, backwards) =>
        sayRelation(predicate, !backwards),
      );
    }
    case "timeline":
      return arrangeTimeline(graph, shown, measure, say("others"));
    default:
  }
  return arrangeMap(graph, shown);
}
