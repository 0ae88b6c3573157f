import { describe, expect, it } from "vitest";
import { type PackedAnswers, readAnswers } from "../src/answers";

const packed: PackedAnswers = {
  aspects: ["year", "parents"],
  works: {
    3: [[["2023", -1, 0, [], 0, 10, 2]], [[5, 1, 1, ["2x"], 0, 12, 4], ["elsewhere", 0, 0, []], 7]],
  },
  contests: [
    [3, 5, 6, 0, ["GSM8K"], "accuracy", ["80%"], [[0, 12, 4]]],
    [3, 9, 6, 0, [], "", [], []],
  ],
  conflicts: [
    [
      "mutual",
      "A outperforms B, and vice versa",
      [3, 5],
      [
        [0, 1, 1],
        [1, 2, 2],
      ],
      "",
      { one: "A" },
    ],
  ],
  gaps: [["empty cell", [3, "GPU"], "why", { works: "2" }, []]],
  totals: [["empty cell", 12]],
};
const answers = readAnswers(packed);

describe("answers", () => {
  it("have cells with values, their places, and a count of what is left out", () => {
    expect(answers.cell(3, 0)).toEqual({
      values: [{ what: "2023", predicate: null, denied: false, figures: [], place: [0, 10, 2] }],
      more: 0,
    });
    const { values, more } = answers.cell(3, 1);
    expect(more).toBe(7);
    expect(values.map(({ what, predicate, denied, place }) => [what, predicate, denied, place])).toEqual([
      [5, "improvesOn", true, [0, 12, 4]],
      ["elsewhere", "extends", false, null],
    ]);
  });
  it("say nothing of what the notes do not mention", () => {
    expect(answers.cell(4, 0)).toEqual({ values: [], more: 0 });
  });
  it("have contests among the chosen works only", () => {
    expect(answers.contests([3, 5]).map(({ object, metric }) => [object, metric])).toEqual([[5, "accuracy"]]);
    expect(answers.contests([3])).toEqual([]);
  });
  it("count gaps that are not listed", () => {
    expect([answers.gaps.length, answers.totals.get("empty cell")]).toEqual([1, 12]);
  });
});
