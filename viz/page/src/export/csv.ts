// The relations that are seen as a table for spreadsheets, each with its surest sentence.
import type { Details } from "../details";
import { type Graph, iriOf, predicateOf } from "../graph";
import type { Seen } from "./seen";

const HEAD = "subject,subject_iri,predicate,object,object_iri,confidence,place,sentence";

export function toCsv(graph: Graph, details: Details, { edges }: Seen): string {
  const rows = edges.map((edge) => {
    const [from, to] = [graph.from[edge], graph.to[edge]];
    const [first] = details.evidence(edge);
    const ends = [graph.label[from], iriOf(graph, from), predicateOf(graph, edge), graph.label[to], iriOf(graph, to)];
    const place = first ? [`${first.note}:${first.line}`, first.sentence] : ["", ""];
    return [...ends, (graph.confidence[edge] / 100).toFixed(2), ...place].map(cell).join(",");
  });
  return [HEAD, ...rows, ""].join("\r\n");
}

// A spreadsheet runs cells that begin like a formula (CWE-1236); an apostrophe keeps them text.
export function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}
