import { describe, expect, it } from "vitest";
import { noteAddress, readDetails } from "../src/details";

describe("details", () => {
  it("unfold what is packed", () => {
    const details = readDetails({
      notes: ["a.md", "b.md"],
      sentences: ["One.", "Two."],
      nodes: [[[["year", "2024"]], [["arXiv:1", "https://x.org"]], [1]]],
      edges: [[[0, 7, 1, 1, 9, 0], 2]],
    });
    expect(details.evidence(0)).toEqual([
      { note: "a.md", line: 7, sentence: "Two." },
      { note: "b.md", line: 9, sentence: "One." },
    ]);
    expect(details.more(0)).toBe(2);
    expect(details.notes(0)).toEqual(["b.md"]);
  });
});

describe("the address of a note", () => {
  it("has its path and line, encoded", () => {
    const template = "vscode://file/home/me/{path}:{line}";
    expect(noteAddress(template, "读书/a b.md", 4)).toBe("vscode://file/home/me/%E8%AF%BB%E4%B9%A6/a%20b.md:4");
  });
  it("is none for a library, which may lie elsewhere", () => {
    expect(noteAddress("file:///notes/{path}", "refs.bib", 3)).toBe("");
  });
  it("is none without a template, or for one that would run something", () => {
    for (const template of ["", "javascript:alert({line})", " data:text/html,{path}", "VBScript:x"]) {
      expect(noteAddress(template, "a.md", 1)).toBe("");
    }
  });
});
