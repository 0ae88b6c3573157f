// What is seen as GraphML, for networkx, Gephi, yEd and others.
import { type Graph, iriOf, predicateOf, typeOf } from "../graph";
import type { Seen } from "./seen";
import { escapeXml } from "./xml";

export function toGraphml(graph: Graph, { nodes, edges }: Seen): string {
  const key = (id: string, of: string, type: string) =>
    `<key id="${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`;
  const data = (id: string, text: string) => `<data key="${id}">${escapeXml(text)}</data>`;
  const year = (node: number) => (graph.year[node] ? data("year", String(graph.year[node])) : "");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    key("label", "node", "string"),
    key("type", "node", "string"),
    key("year", "node", "int"),
    key("predicate", "edge", "string"),
    key("confidence", "edge", "double"),
    '<graph edgedefault="directed">',
    ...nodes.map(
      (n) =>
        `<node id="${escapeXml(iriOf(graph, n))}">${data("label", graph.label[n])}${data("type", typeOf(graph, n))}${year(n)}</node>`,
    ),
    ...edges.map((e) => {
      const ends = `source="${escapeXml(iriOf(graph, graph.from[e]))}" target="${escapeXml(iriOf(graph, graph.to[e]))}"`;
      return `<edge ${ends}>${data("predicate", predicateOf(graph, e))}${data("confidence", (graph.confidence[e] / 100).toFixed(2))}</edge>`;
    }),
    "</graph>",
    "</graphml>",
    "",
  ].join("\n");
}
