import { describe, expect, it } from "vitest";
import cases from "../../../tests/insight/lineages.json";
import { arrangeLineage } from "../src/arrange/lineage";
import { bestLineage, traceLineage } from "../src/lineage";
import { estimate } from "../src/text";
import { all, at, everything, named, sample } from "./sample";

const graph = sample(
  [
    "Method:SnapKV improvesOn Method:H2O",
    "Method:PyramidKV extends Method:SnapKV",
    "Method:PyramidKV improvesOn Method:H2O",
    "Method:H2O extends Method:Attention",
    "Method:LESS uses Method:H2O",
    "Method:Other outperforms Method:H2O",
    "Method:Denied extends Method:H2O",
  ],
  { years: { Attention: 2017, H2O: 2023, SnapKV: 2024, PyramidKV: 2024 }, denied: [6] },
);
const h2o = at(graph, "H2O");
const trace = (way: "down" | "up" | "both", uses = false) => {
  const { generation } = traceLineage(graph, all(graph.edges), h2o, way, uses);
  return Object.fromEntries([...generation].map(([node, depth]) => [graph.label[node], depth]));
};

describe("a lineage", () => {
  it("goes down to what builds on it, each behind all that it builds on", () => {
    expect(trace("down")).toEqual({ H2O: 0, SnapKV: 1, PyramidKV: 2 });
  });
  it("goes up, and both ways", () => {
    expect(trace("up")).toEqual({ H2O: 0, Attention: -1 });
    expect(trace("both")).toEqual({ Attention: -1, H2O: 0, SnapKV: 1, PyramidKV: 2 });
  });
  it("takes ingredients along when asked, and neither comparisons nor denied claims", () => {
    expect(trace("down", true)).toEqual({ H2O: 0, SnapKV: 1, PyramidKV: 2, LESS: 1 });
  });
  it("ends where a circle closes", () => {
    const circle = sample(["Method:A extends Method:B", "Method:B extends Method:C", "Method:C extends Method:A"]);
    const { generation, edges } = traceLineage(circle, all(3), 0, "down", false);
    expect(generation.size).toBe(3);
    expect(edges.size).toBe(3);
  });
  it("says how many it leaves out", () => {
    const star = sample(Array.from({ length: 30 }, (_, n) => `Method:M${n} extends Method:Root`));
    const { generation, leftOut } = traceLineage(star, all(30), at(star, "Root"), "down", false, 10);
    expect(generation.size).toBe(10);
    expect(leftOut).toBe(21);
  });
  it("starts, unasked, with what has the most of it", () => {
    expect(graph.label[bestLineage(graph)!]).toBe("H2O");
    expect(bestLineage(sample([]))).toBeNull();
  });
});

describe("the lineages that Python traces", () => {
  it.each(cases)("are the page's: $name", ({ claims, confidence, denied, weak, lineages }) => {
    const traced = sample(claims, { confidence, denied, weak });
    const start = Math.max(0, at(traced, "a"));
    for (const { direction, uses, members, steps } of lineages) {
      const way = direction === "downstream" ? "down" : "up";
      const { generation, edges } = traceLineage(traced, all(traced.edges), start, way, uses);
      expect(named(traced, generation.keys()).sort()).toEqual(members);
      expect([...edges].sort((a, b) => a - b)).toEqual(steps);
    }
  });
});

describe("its picture", () => {
  const asked = { centre: h2o, way: "both", by: "year", withUses: false } as const;
  const arrange = (more: Partial<{ by: "year" | "generation" }> = {}) =>
    arrangeLineage(graph, everything(graph), { ...asked, ...more }, estimate, "year unknown", (name) => name);

  it("has the older on the left", () => {
    const { x } = arrange();
    const order = ["Attention", "H2O", "SnapKV"].map((name) => x[at(graph, name)]);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
  it("has a column for each year", () => {
    const titles = arrange().decor.flatMap((item) => (item.kind === "column" ? [item.title] : []));
    expect(titles).toEqual(["2017", "2023", "2024"]);
  });
  it("draws the lineage and nothing else", () => {
    const { present, edges } = arrange();
    expect(
      named(
        graph,
        [...present.keys()].filter((n) => present[n]),
      ).sort(),
    ).toEqual(["Attention", "H2O", "PyramidKV", "SnapKV"]);
    expect([...edges.keys()].filter((e) => edges[e])).toEqual([0, 1, 2, 3]);
  });
  it("tells years and kinds of relation behind names", () => {
    expect(arrange({ by: "generation" }).asides.get(at(graph, "SnapKV"))).toBe("2024 · improvesOn");
  });
});
