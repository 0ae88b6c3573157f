// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { arrangeFocus } from "../src/arrange/focus";
import { arrangeMap } from "../src/arrange/map";
import { toSvg } from "../src/export/svg";
import { predicateNumber } from "../src/kinds";
import type { Writing } from "../src/paint/captions";
import type { Lens } from "../src/paint/frame";
import { PALETTES } from "../src/palette";
import { lightNode, makeScene, type Scene } from "../src/scene";
import { estimate } from "../src/text";
import { all, at, everything, sample } from "./sample";

const palette = PALETTES.light;
const lens: Lens = {
  view: { left: -500, top: -400, right: 500, bottom: 400 },
  scale: 1,
  width: 1000,
  height: 800,
  density: 1,
  inset: { left: 0, right: 0, top: 0 },
  obstacles: [],
};
const drawn = (scene: Scene, written: readonly Writing[] = []): Document => {
  const parsed = new DOMParser().parseFromString(toSvg(scene, lens, written), "image/svg+xml");
  expect(parsed.querySelector("parsererror")).toBeNull();
  return parsed;
};
const paths = (document: Document, match: string): string[] =>
  [...document.querySelectorAll(`path${match}`)].map((path) => path.getAttribute("d") ?? "");

describe("an SVG drawing", () => {
  const graph = sample(
    ["Method:New improvesOn Method:Old", "Method:New outperforms Method:Other", "Paper:P introduces Method:New"],
    { denied: [1] },
  );
  const centre = at(graph, "New");
  const asked = { centre, hops: 1, opened: [], closed: [] };
  const focus = arrangeFocus(graph, everything(graph), asked, estimate, (group) => group.predicate);
  const scene = makeScene(graph, focus, palette);

  it("has the lines of the picture, and a head at each that has one there", () => {
    const document = drawn(scene);
    expect(paths(document, `[fill=none][stroke='${palette.builds}']`)).toHaveLength(1);
    expect(paths(document, `[fill='${palette.builds}']`)).toEqual([expect.stringMatching(/^M.*L.*L.*Z$/)]);
    expect(paths(document, `[fill='${palette.made}']`)).toEqual([]);
  });

  it("crosses out what is denied", () => {
    expect(paths(drawn(scene), `[fill='${palette.compares}']`)).toEqual([expect.stringMatching(/^M[^L]*L[^LZ]*$/)]);
  });

  it("says what is written on the canvas, where and as it stands there", () => {
    const style = { size: 11, weight: 400, colour: "#123456", halo: "#ffffff" };
    const box = { left: 10.5, top: 20, width: 30, height: 15 };
    const [text] = drawn(scene, [{ node: null, text: "+3 <more>", style, ...box, alpha: 0.5 }]).querySelectorAll(
      "text",
    );
    expect(text.textContent).toBe("+3 <more>");
    expect(["x", "fill", "opacity"].map((name) => text.getAttribute(name))).toEqual(["10.5", "#123456", "0.5"]);
  });

  it("lets what does not stand out step back, and rings what is chosen", () => {
    const lit: Scene = {
      ...scene,
      lit: lightNode(scene, at(graph, "Old"), all(graph.edges)),
      dim: 1,
      selected: centre,
    };
    const document = drawn(lit);
    const marks = [...document.querySelectorAll("path:has(title)")];
    const back = marks.filter((mark) => mark.hasAttribute("opacity")).map((mark) => mark.textContent);
    expect(back.sort()).toEqual(["Other", "P"]);
    expect(document.querySelectorAll(`circle[stroke='${palette.accent}']`)).toHaveLength(1);
  });
});

describe("the SVG drawing of a large map", () => {
  const names = Array.from({ length: 600 }, (_, n) => `Method:M${n}`);
  const uses = names.map((name, n) => `${name} uses ${names[(n + 1) % 600]}`);
  const across = names.slice(0, 290).map((name, n) => `${name} comparedWith ${names[300 + n]}`);
  const homes = Object.fromEntries(names.map((_, n) => [`M${n}`, n < 300 ? 0 : 1]));
  const graph = sample([...uses, ...across], {
    homes,
    regions: [
      ["Left", -200, 0, 150, -1],
      ["Right", 200, 0, 150, -1],
    ],
  });
  const wide = { ...lens, view: { left: -1e5, top: -1e5, right: 1e5, bottom: 1e5 } };
  const svg = toSvg(makeScene(graph, arrangeMap(graph, everything(graph)), palette), wide, []);

  it("bundles the lines between regions as the canvas does", () => {
    const lines = svg.split("\n").filter((row) => row.includes('fill="none"'));
    expect(lines.filter((row) => row.includes("stroke-linecap"))).toHaveLength(1);
    expect(lines.filter((row) => row.includes(`"${palette.parts}"`))).toHaveLength(598);
    expect(graph.predicate.filter((p) => p === predicateNumber("comparedWith"))).toHaveLength(290);
    expect(lines.filter((row) => row.includes(`"${palette.compares}"`))).toEqual([]);
  });

  it("draws its regions", () => {
    expect(svg.match(/<circle/g)).toHaveLength(2);
  });
});
