import { describe, expect, it } from "vitest";
import { makeGrid, near } from "../src/grid";
import { dice } from "./sample";

describe("a grid", () => {
  it("finds all that stands in a box", () => {
    const random = dice(5);
    const count = 2000;
    const x = Float32Array.from({ length: count }, () => random() * 3000 - 900);
    const y = Float32Array.from({ length: count }, () => random() * 2000);
    const present = Uint8Array.from({ length: count }, () => Number(random() < 0.7));
    const grid = makeGrid(x, y, present);
    const box = { left: -100, right: 700, top: 300, bottom: 900 };
    const found = new Set<number>();
    near(grid, box, (node) => found.add(node));
    for (let n = 0; n < count; n += 1) {
      const within = x[n] >= box.left && x[n] <= box.right && y[n] >= box.top && y[n] <= box.bottom;
      if (present[n] && within) expect(found.has(n)).toBe(true);
      if (!present[n]) expect(found.has(n)).toBe(false);
    }
  });
  it("of nothing is empty", () => {
    const grid = makeGrid(new Float32Array(3), new Float32Array(3), new Uint8Array(3));
    near(grid, { left: -9, right: 9, top: -9, bottom: 9 }, () => expect.unreachable());
  });
});
