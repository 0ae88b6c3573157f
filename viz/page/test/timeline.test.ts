import { describe, expect, it } from "vitest";
import { arrangeTimeline } from "../src/arrange/timeline";
import { estimate } from "../src/text";
import { at, everything, named, sample } from "./sample";

const graph = sample(
  [
    "Paper:PaperA introduces Method:A",
    "Method:B extends Method:A",
    "Method:C uses Method:A",
    "Paper:Survey hasTopic Topic:T",
    "Method:Undated extends Method:A",
  ],
  {
    years: { PaperA: 2020, A: 2020, B: 2022, C: 2021, Survey: 2022 },
    homes: { A: 1, B: 0, C: 0 },
    regions: [
      ["Outer", 0, 0, 100, -1],
      ["Inner", 0, 0, 40, 0],
    ],
  },
);
const { x, y, present, decor, edges } = arrangeTimeline(graph, everything(graph), estimate, "Elsewhere");

describe("a timeline", () => {
  it("has later years further right", () => {
    expect(x[at(graph, "A")]).toBeLessThan(x[at(graph, "C")]);
    expect(x[at(graph, "C")]).toBeLessThan(x[at(graph, "B")]);
  });
  it("tells a paper by what it introduces, and leaves out what has no year", () => {
    const drawn = named(
      graph,
      [...present.keys()].filter((n) => present[n]),
    ).sort();
    expect(drawn).toEqual(["A", "B", "C", "Survey"]);
  });
  it("has a lane for each whole region, and one for what stands in none", () => {
    expect(decor.flatMap((item) => (item.kind === "lane" ? [item.title] : []))).toEqual(["Outer", "Elsewhere"]);
    expect(y[at(graph, "Survey")]).toBeGreaterThan(y[at(graph, "B")]);
  });
  it("draws what builds on what", () => {
    expect([...edges.keys()].filter((e) => edges[e])).toEqual([1]);
  });
});
