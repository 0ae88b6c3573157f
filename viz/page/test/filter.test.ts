import { describe, expect, it } from "vitest";
import { filter } from "../src/filter";
import { typeNumber } from "../src/kinds";
import { FIRST_VIEW } from "../src/view";
import { at, named, sample } from "./sample";

const graph = sample(
  [
    "Method:Keyformer improvesOn Method:H2O",
    "Method:LESS uses Method:H2O",
    "Method:H2O targetsHardware Hardware:A100",
    "Method:Keyformer extends Method:LESS",
  ],
  { years: { H2O: 2023, Keyformer: 2024 }, denied: [3], confidence: [95, 60, 90, 90], alone: ["Method:Lonely"] },
);
const shown = (view: Partial<typeof FIRST_VIEW>) => {
  const { nodes, edges } = filter(graph, { ...FIRST_VIEW, ...view });
  const list = (bytes: Uint8Array) => [...bytes.keys()].filter((n) => bytes[n]);
  return { nodes: named(graph, list(nodes)), edges: list(edges) };
};

describe("what is shown", () => {
  it("is all that is related, without denied claims", () => {
    expect(shown({})).toEqual({ nodes: ["Keyformer", "H2O", "LESS", "A100"], edges: [0, 1, 2] });
  });
  it("holds denied claims and lonely things when asked", () => {
    expect(shown({ denied: true, alone: true })).toEqual({
      nodes: ["Keyformer", "H2O", "LESS", "A100", "Lonely"],
      edges: [0, 1, 2, 3],
    });
  });
  it("loses the relations of a type that is switched off", () => {
    expect(shown({ withoutTypes: new Set([typeNumber("Hardware")]) }).edges).toEqual([0, 1]);
  });
  it("loses a kind of relation, and what is not sure enough", () => {
    expect(shown({ withoutFamilies: new Set(["builds"]) }).edges).toEqual([1, 2]);
    expect(shown({ confidence: 80 }).edges).toEqual([0, 2]);
  });
  it("keeps what has no year of its own, and works of these years", () => {
    expect(shown({ years: [2023, 2023] }).nodes).toEqual(["H2O", "A100"]);
    expect(at(graph, "H2O")).toBe(1);
  });
});
