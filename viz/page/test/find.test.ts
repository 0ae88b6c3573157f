import { describe, expect, it } from "vitest";
import { makeFinder } from "../src/find";
import { sample } from "./sample";

const graph = sample(
  ["Method:LoRA uses Method:SVD", "Method:QLoRA extends Method:LoRA", "Method:清华 uses Method:H2O"],
  {
    aliases: { LoRA: ["低秩适配", "Low-Rank Adaptation"], H2O: ["Heavy-Hitter Oracle"] },
  },
);
const find = (text: string) => makeFinder(graph)(text, 5).map(({ node }) => graph.label[node]);

describe("finding", () => {
  it("puts the exact name first, then what begins or goes on with it", () => {
    expect(find("lora")).toEqual(["LoRA", "QLoRA"]);
  });
  it("finds aliases in both scripts, however they are written", () => {
    expect(find("低秩")).toEqual(["LoRA"]);
    expect(find("low rank ADAPTATION")).toEqual(["LoRA"]);
    expect(find("heavy hitter")).toEqual(["H2O"]);
    expect(find("Ｈ２Ｏ")).toEqual(["H2O"]);
  });
  it("tells by which alias", () => {
    expect(makeFinder(graph)("低秩适配", 1)).toEqual([{ node: 0, alias: "低秩适配" }]);
  });
  it("finds nothing for nothing", () => {
    expect(find("  - ")).toEqual([]);
    expect(find("zzz")).toEqual([]);
  });
});
