// What is only read when somebody asks: values, links, notes, and the sentences behind relations.
import type { PackedDetails } from "./islands";

export interface Evidence {
  readonly note: string;
  readonly line: number;
  readonly sentence: string;
}

export interface Details {
  values(node: number): readonly (readonly [key: string, value: string])[];
  links(node: number): readonly (readonly [text: string, address: string])[];
  notes(node: number): readonly string[];
  evidence(edge: number): readonly Evidence[];
  note(number: number): string;
  sentence(number: number): string;
  // Places beyond those that the page holds.
  more(edge: number): number;
}

export function readDetails(packed: PackedDetails): Details {
  return {
    values: (node) => packed.nodes[node][0],
    links: (node) => packed.nodes[node][1],
    notes: (node) => packed.nodes[node][2].map((note) => packed.notes[note]),
    evidence(edge) {
      const [places] = packed.edges[edge];
      const found: Evidence[] = [];
      for (let at = 0; at < places.length; at += 3) {
        found.push({
          note: packed.notes[places[at]],
          line: places[at + 1],
          sentence: packed.sentences[places[at + 2]],
        });
      }
      return found;
    },
    note: (number) => packed.notes[number],
    sentence: (number) => packed.sentences[number],
    more: (edge) => packed.edges[edge][1],
  };
}

const UNSAFE = /^\s*(javascript|data|vbscript|blob)\s*:/i;

// Notes lie in the folder that addresses start from; a library may lie anywhere.
const NOTE = /\.(md|markdown|mdx|txt)$/i;

// The address that opens a note at a line, by the template of whoever made the page; "" without one, and for a library.
export function noteAddress(template: string, note: string, line: number): string {
  if (!template || UNSAFE.test(template) || !NOTE.test(note)) return "";
  const path = note.split("/").map(encodeURIComponent).join("/");
  return template.replaceAll("{path}", path).replaceAll("{line}", String(line));
}
