// The relations that are seen as RDF 1.1 Turtle, in the terms of papergraph's ontology.
import { type Graph, iriOf, predicateOf, typeOf } from "../graph";
import type { Seen } from "./seen";

const PREFIXES = {
  pg: "https://w3id.org/papergraph/ontology#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
};

export function toTurtle(graph: Graph, { nodes, edges }: Seen): string {
  const iri = (node: number) => `<${escapeIri(iriOf(graph, node))}>`;
  const property = (edge: number) => {
    const predicate = predicateOf(graph, edge);
    return predicate === "broader" ? "skos:broader" : `pg:${predicate}`;
  };
  return [
    ...Object.entries(PREFIXES).map(([name, address]) => `@prefix ${name}: <${address}> .`),
    "",
    ...nodes.map((node) => `${iri(node)} a pg:${typeOf(graph, node)} ; rdfs:label ${literal(graph.label[node])} .`),
    ...edges.map((edge) => `${iri(graph.from[edge])} ${property(edge)} ${iri(graph.to[edge])} .`),
    "",
  ].join("\n");
}

// What the grammar does not allow in an IRIREF stands there as an escape (W3C Turtle, 6.4).
const escapeIri = (text: string): string =>
  text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const CONTROL = /[\u0000-\u001f"\\\u007f\u2028\u2029]/g;

const literal = (text: string): string =>
  `"${text.replace(LONE, "\ufffd").replace(CONTROL, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
