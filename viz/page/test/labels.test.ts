import { describe, expect, it } from "vitest";
import { FREE, RIGHT } from "../src/arrange/arrangement";
import { place, Room, type Wish } from "../src/paint/labels";
import { dice } from "./sample";

const wish = (id: number, x: number, y: number, more: Partial<Wish> = {}): Wish => ({
  id,
  x,
  y,
  r: 5,
  width: 60,
  height: 16,
  side: FREE,
  must: false,
  ...more,
});

describe("labels", () => {
  it("never cover each other", () => {
    const random = dice(11);
    const wishes = Array.from({ length: 300 }, (_, id) =>
      wish(id, random() * 900, random() * 600, { width: 20 + random() * 120 }),
    );
    const placed = place(wishes, new Room());
    expect(placed.length).toBeGreaterThan(30);
    const box = (spot: (typeof placed)[number]) => ({
      ...spot,
      right: spot.left + wishes[spot.id].width,
      bottom: spot.top + 16,
    });
    const boxes = placed.map(box);
    for (const a of boxes) {
      for (const b of boxes) {
        if (a.id >= b.id) continue;
        expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
      }
    }
  });

  it("go to the first that asks, and round its mark to the next", () => {
    const [first, second] = place([wish(1, 100, 100), wish(2, 104, 100)], new Room());
    expect(first.side).not.toBe(second.side);
  });

  it("stay where they were if they can", () => {
    const [only] = place([wish(1, 100, 100)], new Room(), new Map([[1, RIGHT]]));
    expect(only.side).toBe(RIGHT);
  });

  it("are drawn where they must, whatever is there", () => {
    const wishes = [wish(1, 100, 100, { side: RIGHT }), wish(2, 100, 100, { side: RIGHT, must: true })];
    expect(place(wishes, new Room()).map((spot) => spot.id)).toEqual([1, 2]);
  });
});
