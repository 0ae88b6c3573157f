import { describe, expect, it } from "vitest";
import { columns, cut, fold } from "../src/text";

describe("texts", () => {
  it("count Chinese characters as two columns", () => {
    expect(columns("H2O 清华")).toBe(8);
  });
  it("are cut to columns, with a sign", () => {
    expect(cut("short", 10)).toBe("short");
    expect(cut("a very long title", 8)).toBe("a very…");
    expect(cut("清华大学出版社", 8)).toBe("清华大…");
    expect(columns(cut("𝑄".repeat(40), 9))).toBeLessThanOrEqual(9);
  });
  it("fold width, case, spaces and punctuation", () => {
    expect(fold("Ｈ₂Ｏ — Heavy-Hitter")).toBe(fold("h2o heavyhitter"));
  });
});
