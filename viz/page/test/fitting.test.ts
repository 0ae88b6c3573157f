import { describe, expect, it } from "vitest";
import { arrangeFocus } from "../src/arrange/focus";
import { arrangePath } from "../src/arrange/path";
import { fitCamera } from "../src/fitting";
import { PALETTES } from "../src/palette";
import { findPath } from "../src/paths";
import { makeScene, type Scene } from "../src/scene";
import { estimate } from "../src/text";
import { all, at, everything, sample } from "./sample";

const nothing = { left: 0, right: 0, top: 0, bottom: 0 };
const chain = (length: number) =>
  sample(Array.from({ length: length - 1 }, (_, n) => `Method:Name${n + 1} extends Method:Name${n}`));
function pathScene(length: number): Scene {
  const graph = chain(length);
  const [start, end] = [at(graph, "Name0"), at(graph, `Name${length - 1}`)];
  const steps = findPath(graph, all(graph.edges), start, end)!;
  return makeScene(graph, arrangePath(graph, everything(graph), start, steps, String), PALETTES.light);
}

describe("the camera that shows all", () => {
  it("leaves room for labels, which keep their size", () => {
    const graph = sample(
      Array.from({ length: 12 }, (_, n) => `Method:A_rather_long_name_of_a_work_${n} uses Method:M`),
    );
    const asked = { centre: at(graph, "M"), hops: 1, opened: [], closed: [] };
    const focus = arrangeFocus(graph, everything(graph), asked, estimate, () => "");
    const scene = makeScene(graph, focus, PALETTES.light);
    for (const width of [520, 640, 900]) {
      const { x, scale } = fitCamera(scene, width, 900, nothing);
      for (let node = 0; node < graph.size; node += 1) {
        if (node === asked.centre) continue;
        const mark = width / 2 + (scene.x[node] - x) * scale;
        const text = estimate(graph.label[node].slice(0, 34)) * (scale < 0.85 ? 11 / 13 : 1);
        expect(Math.min(mark - text, mark + text)).toBeGreaterThan(mark < width / 2 ? 0 : -Infinity);
        expect(mark > width / 2 ? mark + text : 0).toBeLessThan(width);
      }
    }
  });

  it("shows both ends of a path of eight things on a usual screen", () => {
    const scene = pathScene(8);
    const { x, scale } = fitCamera(scene, 1000, 800, nothing);
    for (const name of ["Name0", "Name7"]) {
      const place = 500 + (scene.x[at(scene.graph, name)] - x) * scale;
      expect(place).toBeGreaterThan(30);
      expect(place).toBeLessThan(970);
    }
  });

  it("begins with the start of a path that is too long", () => {
    const scene = pathScene(14);
    const { x, scale } = fitCamera(scene, 390, 700, nothing);
    const place = 195 + (scene.x[at(scene.graph, "Name0")] - x) * scale;
    expect(place).toBeGreaterThan(20);
    expect(place).toBeLessThan(100);
  });

  it("stays clear of what covers the sides", () => {
    const scene = pathScene(3);
    const { x, scale } = fitCamera(scene, 1200, 700, { ...nothing, right: 500 });
    const place = 600 + (scene.x[at(scene.graph, "Name2")] - x) * scale;
    expect(place).toBeLessThan(700);
  });
});
