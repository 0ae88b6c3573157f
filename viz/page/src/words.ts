// What the page says, in English or Chinese.
import relations from "../../../ontology/relations.json";
import reasons from "./reasons.json";
import own from "./words.json";

const table = { ...own, ...relations };

export type Word = keyof typeof table;
export type Language = "en" | "zh";

let language: Language = "en";

export function speak(next: Language): void {
  language = next;
  document.documentElement.lang = next === "zh" ? "zh-Hans" : "en";
}

export const spoken = (): Language => language;

// The words under a key, with values in the place of {names}.
export function say(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  let text: string = table[word][language];
  for (const [name, value] of Object.entries(values)) text = text.replaceAll(`{${name}}`, String(value));
  return text;
}

export const isWord = (text: string): text is Word => Object.hasOwn(table, text);

// A relation as it reads from either of its ends.
export const sayRelation = (predicate: string, outgoing: boolean): string => {
  const key = outgoing ? predicate : `inverse-${predicate}`;
  return isWord(key) ? say(key) : predicate;
};

// What a conflict or a gap says: in Chinese from its facts, in English as reports say it.
export function sayReason(key: string, facts: Readonly<Record<string, string>>, english: string): string {
  const templates: Readonly<Record<string, string>> = reasons;
  if (language === "en" || !Object.hasOwn(templates, key)) return english;
  return templates[key].replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (!Object.hasOwn(facts, name)) return whole;
    return name.endsWith("relation") ? sayRelation(facts[name], true) : facts[name];
  });
}

export const number = (value: number): string => value.toLocaleString(language === "zh" ? "zh-CN" : "en-US");

// Texts of the template: what stands in data-say is said as text, or as an attribute.
export function sayEverywhere(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-say]")) {
    const { say: word, sayAs } = element.dataset;
    if (!word || !isWord(word)) continue;
    for (const attribute of (sayAs ?? "text").split(" ")) {
      if (attribute === "text") element.textContent = say(word);
      else element.setAttribute(attribute, say(word));
    }
  }
}
