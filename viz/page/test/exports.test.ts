// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import type { Details } from "../src/details";
import { cell, toCsv } from "../src/export/csv";
import { toGraphml } from "../src/export/graphml";
import { seenPart } from "../src/export/seen";
import { toTurtle } from "../src/export/turtle";
import { escapeXml } from "../src/export/xml";
import { all, sample } from "./sample";

const nasty = '=A"<b>&\u0001\ud800';
const graph = sample(
  [`Method:${nasty} improvesOn Method:H2O`, "Topic:T broader Topic:U", "Method:H2O extends Topic:T"],
  {
    denied: [2],
  },
);
const seen = seenPart(graph, all(graph.size), all(graph.edges), null);
const details = { evidence: () => [{ note: "a.md", line: 3, sentence: 'He said "x",\n+1' }] } as unknown as Details;

describe("exports", () => {
  it("leave denied claims out", () => {
    expect(seen.edges).toEqual([0, 1]);
  });
  it("hold what is around a chosen thing", () => {
    const around = seenPart(graph, all(graph.size), all(graph.edges), 1);
    expect(around).toEqual({ nodes: [0, 1], edges: [0] });
  });
  it("write Turtle in the ontology's terms, escaped", () => {
    const text = toTurtle(graph, seen);
    expect(text).toContain('rdfs:label "=A\\u0022<b>&\\u0001\ufffd"');
    expect(text).toContain("<https://x.org/id/topic/t> skos:broader <https://x.org/id/topic/u> .");
    expect(text).not.toContain("pg:extends");
  });
  it("write GraphML that XML parsers read", () => {
    const parsed = new DOMParser().parseFromString(toGraphml(graph, seen), "application/xml");
    expect(parsed.querySelector("parsererror")).toBeNull();
    expect(parsed.querySelectorAll("edge")).toHaveLength(2);
    expect(parsed.querySelector("node data")?.textContent).toBe('=A"<b>&\ufffd\ufffd');
  });
  it("write CSV that no spreadsheet runs", () => {
    const row = toCsv(graph, details, seen).split("\r\n")[1];
    expect(row.startsWith(`"'=A""<b>&`)).toBe(true);
    expect(row.endsWith('a.md:3,"He said ""x"",\n+1"')).toBe(true);
    expect(cell("+1")).toBe('"\'+1"');
    expect(cell("plain")).toBe("plain");
  });
  it("keep astral characters in XML", () => {
    expect(escapeXml("𝑄<")).toBe("𝑄&#60;");
  });
});
