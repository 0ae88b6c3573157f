import { describe, expect, it } from "vitest";
import { LEFT, RIGHT } from "../src/arrange/arrangement";
import { arrangeFocus, type FocusAsked } from "../src/arrange/focus";
import { estimate } from "../src/text";
import { at, everything, named, sample } from "./sample";

const graph = sample([
  "Paper:JambaPaper introduces Model:Jamba",
  "Model:Jamba uses Method:Mamba",
  "Model:Jamba uses Method:MoE",
  "Model:Jamba targetsHardware Hardware:GPU",
  "Method:Mamba2 extends Method:Mamba",
  "Method:Vision extends Method:Mamba",
  "Paper:JambaPaper affiliatedWith Institution:AI21",
]);
const arrange = (more: Partial<FocusAsked> = {}, of = graph, centre = at(of, "Jamba")) =>
  arrangeFocus(
    of,
    everything(of),
    { centre, hops: 1, opened: [], closed: [], ...more },
    estimate,
    (g, n) => `${g.predicate} ${n}`,
  );
const drawn = (arrangement: ReturnType<typeof arrange>, of = graph) =>
  named(
    of,
    [...arrangement.present.keys()].filter((n) => arrangement.present[n]),
  ).sort();

describe("a focus", () => {
  it("has where a thing comes from on the left and what comes of it on the right", () => {
    const { x, sides } = arrange();
    for (const name of ["JambaPaper", "Mamba", "MoE"]) expect(x[at(graph, name)]).toBeLessThan(0);
    expect(x[at(graph, "GPU")]).toBeGreaterThan(0);
    expect(sides[at(graph, "Mamba")]).toBe(LEFT);
    expect(sides[at(graph, "GPU")]).toBe(RIGHT);
  });
  it("reaches as far as asked", () => {
    expect(drawn(arrange())).toEqual(["GPU", "Jamba", "JambaPaper", "Mamba", "MoE"]);
    expect(drawn(arrange({ hops: 2 }))).toContain("Mamba2");
  });
  it("opens and closes single things", () => {
    expect(drawn(arrange({ opened: [at(graph, "Mamba")] }))).toContain("Vision");
    expect(drawn(arrange({ hops: 2, closed: [at(graph, "Mamba")] }))).not.toContain("Vision");
  });
  it("says how many relations of a thing lead out of it, of those that the filters leave", () => {
    const { asides } = arrange({ opened: [at(graph, "Mamba")] });
    expect([...asides]).toEqual([[at(graph, "JambaPaper"), "+1"]]);
    const shown = everything(graph);
    shown.edges[6] = 0;
    const asked = { centre: at(graph, "Jamba"), hops: 1, opened: [at(graph, "Mamba")], closed: [] };
    expect(arrangeFocus(graph, shown, asked, estimate, () => "").asides.size).toBe(0);
  });
  it("begins lines behind a name and what stands behind that", () => {
    const many = sample([
      "Model:Jamba uses Method:Mamba",
      ...Array.from({ length: 12 }, (_, n) => `Method:M${n} extends Method:Mamba`),
    ]);
    const { asides, routes, x } = arrange({ hops: 2 }, many);
    expect(asides.get(at(many, "Mamba"))).toBe("+5");
    const further = [...routes].filter(([edge]) => many.from[edge] !== at(many, "Jamba"));
    expect(further).toHaveLength(7);
    for (const scale of [0.58, 1, 2]) {
      const text = estimate("Mamba") * (scale < 0.85 ? 11 / 13 : 1) + estimate("+5") * (11 / 13);
      for (const [, route] of further) {
        const end = route(scale)[route(scale).length - 2];
        expect((x[at(many, "Mamba")] - end) * scale).toBeGreaterThan(text);
      }
    }
  });
  it("never puts two things in one place", () => {
    const { x, y, present } = arrange({ hops: 3 });
    const places = [...present.keys()].filter((n) => present[n]).map((n) => `${x[n]} ${y[n]}`);
    expect(new Set(places).size).toBe(places.length);
  });
  it("of a hub draws the most important, and says how many of how many", () => {
    const hub = sample(Array.from({ length: 100 }, (_, n) => `Method:M${n} measuredOn Hardware:A100`));
    const arrangement = arrange({}, hub, at(hub, "A100"));
    expect(arrangement.count).toBe(25);
    expect(arrangement.leftOut).toBe(76);
    expect(arrangement.decor).toMatchObject([{ text: "measuredOn 24" }]);
  });
});
