import { describe, expect, it } from "vitest";
import { findPath } from "../src/paths";
import { all, at, sample } from "./sample";

const hub = Array.from({ length: 40 }, (_, n) => `Paper:P${n} hasTopic Topic:Everything`);
const graph = sample([
  "Method:LESS uses Method:H2O",
  "Method:LESS uses Method:LoRA",
  "Method:H2O hasTopic Topic:Everything",
  "Method:LoRA hasTopic Topic:Everything",
  ...hub,
  "Method:Alone extends Method:AlsoAlone",
]);
const path = (from: string, to: string, edges = all(graph.edges)) =>
  findPath(graph, edges, at(graph, from), at(graph, to))?.map((step) => graph.label[step.far]) ?? null;

describe("a path", () => {
  it("goes through what says something, not through what is linked with everything", () => {
    expect(path("H2O", "LoRA")).toEqual(["LESS", "LoRA"]);
  });
  it("goes through a topic where nothing else leads there", () => {
    expect(path("P1", "P2")).toEqual(["Everything", "P2"]);
  });
  it("keeps to what is shown", () => {
    const edges = all(graph.edges);
    edges[0] = 0;
    expect(path("H2O", "LoRA", edges)).toEqual(["Everything", "LoRA"]);
  });
  it("is none between what nothing joins, or from a thing to itself", () => {
    expect(path("H2O", "Alone")).toBeNull();
    expect(path("H2O", "H2O")).toBeNull();
  });
});
