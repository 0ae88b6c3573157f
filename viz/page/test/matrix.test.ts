import { describe, expect, it } from "vitest";
import { cellKey, makeMatrix } from "../src/matrix";
import { at, everything, sample } from "./sample";

const graph = sample([
  "Paper:P introduces Method:M",
  "Paper:P affiliatedWith Institution:MIT",
  "Paper:P hasTopic Topic:T",
  "Method:M hasTopic Topic:U",
  "Paper:P measuredOn Hardware:A100",
  "Method:M targetsHardware Hardware:Phone",
  "Method:N targetsHardware Hardware:Phone",
]);
const key = (row: string, column: string) => cellKey(at(graph, row), at(graph, column));

describe("a matrix", () => {
  it("joins institutions with the topics of their works and of what these introduce", () => {
    const { cells } = makeMatrix(graph, everything(graph), "institutions");
    expect([...cells.keys()].sort()).toEqual([key("MIT", "T"), key("MIT", "U")].sort());
    expect(cells.get(key("MIT", "T"))?.edges).toEqual([1, 2]);
  });
  it("gives a method the hardware of its paper, and tells measured from made for", () => {
    const { cells, columns } = makeMatrix(graph, everything(graph), "hardware");
    expect(cells.get(key("M", "A100"))).toMatchObject({ weak: true, edges: [0, 4] });
    expect(cells.get(key("M", "Phone"))?.weak).toBe(false);
    expect(columns[0]).toBe(at(graph, "Phone"));
  });
  it("is empty where nothing joins", () => {
    expect(makeMatrix(graph, everything(graph), "datasets").rows).toEqual([]);
  });
});
