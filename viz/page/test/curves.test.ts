import { describe, expect, it } from "vitest";
import { arrival, bent, distanceTo, level, middle, PathWriter, trace } from "../src/paint/curves";
import { markPath } from "../src/paint/marks";

describe("curves", () => {
  it("leave and reach their ends", () => {
    const curve = bent(0, 0, 90, 30, 0.1);
    expect(curve.slice(0, 2)).toEqual([0, 0]);
    expect(curve.slice(-2)).toEqual([90, 30]);
  });
  it("know how far a point is", () => {
    const straight = bent(0, 0, 100, 0, 0);
    expect(distanceTo(straight, 50, 7)).toBeCloseTo(7);
    expect(distanceTo(straight, -3, 4)).toBeCloseTo(5);
  });
  it("arrive at the rim of a mark", () => {
    const { x, y, angle } = arrival(bent(0, 0, 100, 0, 0), 10);
    expect(x).toBeCloseTo(90, 0);
    expect(y).toBeCloseTo(0);
    expect(angle).toBeCloseTo(0);
  });
  it("go level through points", () => {
    const curve = level([0, 0], [100, 50], [200, 50]);
    expect(middle(curve)).toEqual([100, 50]);
  });
  it("are written as SVG as they are drawn", () => {
    const writer = new PathWriter();
    trace(writer, bent(0, 0, 3, 0, 0));
    expect(String(writer)).toBe("M0 0C1 0 2 0 3 0");
  });
  it("give every type a mark of its own", () => {
    const marks = Array.from({ length: 8 }, (_, type) => markPath(type, 8, 8, 5));
    expect(new Set(marks).size).toBe(8);
    for (const mark of marks) expect(mark).toMatch(/^M.*Z$/);
  });
});
