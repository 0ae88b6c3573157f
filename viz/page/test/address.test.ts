import { describe, expect, it } from "vitest";
import { fromAddress, readCamera, toAddress } from "../src/address";
import { FAMILY_NAMES } from "../src/kinds";
import { FIRST_VIEW, type View } from "../src/view";
import { dice, sample } from "./sample";

const graph = sample(
  ["Method:Keyformer improvesOn Method:H2O", "Method:LESS uses Method:H2O", "Paper:P introduces Method:H2O"],
  { years: { H2O: 2023 } },
);

function anyView(random: () => number): View {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)];
  const node = () => Math.floor(random() * graph.size);
  const some = <T>(values: readonly T[]) => new Set(values.filter(() => random() < 0.3));
  const show = pick([
    "map",
    "focus",
    "lineage",
    "path",
    "timeline",
    "matrix",
    "compare",
    "conflicts",
    "gaps",
    "table",
  ] as const);
  return {
    ...FIRST_VIEW,
    show,
    selected: pick([null, node()]),
    edge: pick([null, Math.floor(random() * graph.edges)]),
    centre: show === "focus" || show === "lineage" ? node() : null,
    hops: show === "focus" ? pick([1, 2, 3]) : 1,
    opened: show === "focus" ? [node()] : [],
    closed: show === "focus" ? pick([[], [node()]]) : [],
    way: show === "lineage" ? pick(["down", "up", "both"] as const) : "both",
    by: show === "lineage" ? pick(["generation", "year"] as const) : "generation",
    withUses: show === "lineage" && random() < 0.5,
    path: show === "path" ? [node(), node()] : null,
    compared: pick([[], [0, 2]]),
    kind: show === "conflicts" || show === "gaps" ? pick([null, "no-year"]) : null,
    matrix: show === "matrix" ? pick(["institutions", "hardware", "datasets"] as const) : "institutions",
    withoutTypes: some([0, 1, 2, 3]),
    withoutFamilies: some(FAMILY_NAMES),
    confidence: pick([0, 50, 100]),
    years: pick([null, [2019, 2024] as const]),
    denied: random() < 0.5,
    alone: random() < 0.5,
    language: pick(["en", "zh"] as const),
    theme: pick(["auto", "light", "dark"] as const),
  };
}

describe("an address", () => {
  it("brings back every view that it tells", () => {
    const random = dice(7);
    for (let round = 0; round < 300; round += 1) {
      const view = anyView(random);
      expect(fromAddress(graph, toAddress(graph, view, FIRST_VIEW), FIRST_VIEW)).toEqual(view);
    }
  });

  it("says nothing of what is as usual", () => {
    expect(toAddress(graph, FIRST_VIEW, FIRST_VIEW)).toBe("");
  });

  it("can be read by people", () => {
    const view: View = { ...FIRST_VIEW, show: "focus", centre: 1, selected: 1, confidence: 50 };
    expect(toAddress(graph, view, FIRST_VIEW)).toBe("show=focus&n=method:h2o&of=method:h2o&c=50");
  });

  it("keeps where the map stands", () => {
    const address = toAddress(graph, FIRST_VIEW, FIRST_VIEW, { x: -12.3, y: 400.6, scale: 0.4567 });
    expect(readCamera(graph, address)).toEqual({ x: -12, y: 401, scale: 0.457 });
  });

  it("means the same place where the map lies on its side", () => {
    const turned = { ...graph, turned: true };
    const address = toAddress(turned, FIRST_VIEW, FIRST_VIEW, { x: 7, y: -12, scale: 1 });
    expect(readCamera(graph, address)).toEqual({ x: -12, y: 7, scale: 1 });
    expect(readCamera(turned, address)).toEqual({ x: 7, y: -12, scale: 1 });
  });

  it.each([
    "show=focus&of=method:unknown",
    "show=path&path=method:h2o",
    "show=nowhere&c=lots&years=then&hops=-4&edge=%%%&n=__proto__&without=constructor",
    "show=lineage",
    "at=1,2,0",
  ])("shows the map for what makes no sense: %s", (address) => {
    const view = fromAddress(graph, address, FIRST_VIEW);
    expect(view.show).toBe("map");
    expect(readCamera(graph, address)).toBeNull();
  });
});
