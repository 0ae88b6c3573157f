import { describe, expect, it } from "vitest";
import { isotonic, layer } from "../src/arrange/layers";
import { dice } from "./sample";

describe("columns of boxes", () => {
  it("keep their distance, whatever the lines", () => {
    const random = dice(3);
    for (let round = 0; round < 40; round += 1) {
      const column = Array.from({ length: 24 }, () => Math.floor(random() * 5));
      const lines: [number, number][] = [];
      for (let n = 0; n < 40; n += 1) {
        const [a, b] = [Math.floor(random() * 24), Math.floor(random() * 24)];
        if (column[a] < column[b]) lines.push([a, b]);
      }
      const { y, between } = layer(column, lines, 30);
      for (let a = 0; a < 24; a += 1) {
        for (let b = 0; b < a; b += 1) {
          if (column[a] === column[b]) expect(Math.abs(y[a] - y[b])).toBeGreaterThan(29.99);
        }
      }
      lines.forEach(([a, b], n) => {
        expect(between[n]).toHaveLength(column[b] - column[a] - 1);
      });
    }
  });

  it("do not cross where they need not", () => {
    const { y } = layer(
      [0, 0, 1, 1],
      [
        [0, 3],
        [1, 2],
      ],
      30,
    );
    expect(Math.sign(y[0] - y[1])).toBe(Math.sign(y[3] - y[2]));
  });

  it("stand level with their only neighbour", () => {
    const { y } = layer(
      [0, 1, 1, 1],
      [
        [0, 1],
        [0, 2],
        [0, 3],
      ],
      30,
    );
    expect(y[0]).toBeCloseTo((y[1] + y[2] + y[3]) / 3);
  });
});

describe("isotonic regression", () => {
  it("pools what is out of order by weight", () => {
    expect(isotonic([1, 3, 2, 4], [1, 1, 1, 1])).toEqual([1, 2.5, 2.5, 4]);
    expect(isotonic([5, 1], [1, 3])).toEqual([2, 2]);
  });
});
