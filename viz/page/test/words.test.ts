// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import relations from "../../../ontology/relations.json";
import { FAMILY_NAMES, PREDICATES, TYPES } from "../src/kinds";
import { isWord, say, sayEverywhere, sayRelation, speak } from "../src/words";
import own from "../src/words.json";

describe("words", () => {
  it.each(Object.entries({ ...own, ...relations }))(
    "%s is said in both languages, with the same values",
    (_, { en, zh }) => {
      const values = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
      expect(en).not.toBe("");
      expect(zh).not.toBe("");
      expect(values(en)).toEqual(values(zh));
    },
  );
  it("name every type, family and relation from both ends", () => {
    for (const name of [...TYPES, ...FAMILY_NAMES, ...PREDICATES]) expect(isWord(name)).toBe(true);
    for (const name of PREDICATES) expect(sayRelation(name, false)).not.toBe(name);
  });
  it("take values", () => {
    expect(say("of", { n: 3, all: 7 })).toBe("3 of 7");
  });
  it("stand in the template as text and attributes", () => {
    document.body.innerHTML = '<p data-say="map"></p><b data-say="search" data-say-as="placeholder aria-label"></b>';
    speak("zh");
    sayEverywhere(document);
    expect(document.querySelector("p")?.textContent).toBe("全图");
    expect(document.querySelector("b")?.getAttribute("aria-label")).toContain("搜索");
    expect(document.documentElement.lang).toBe("zh-Hans");
    speak("en");
  });
});
