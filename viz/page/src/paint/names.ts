// The map says each thing once: a region by what it is about, what it mostly holds by the label of that thing.
import type { Region } from "../graph";

const JOIN = " · ";
const CUT = "…";
const same = (text: string): string => text.trim().toLowerCase();

// What regions are called on the map: the first part of their names where no other region has it.
const known = new WeakMap<readonly Region[], ReadonlyMap<string, string>>();
export function shortNames(regions: readonly Region[]): ReadonlyMap<string, string> {
  let names = known.get(regions);
  if (!names) {
    const firsts = new Map<string, number>();
    for (const { name } of regions) firsts.set(firstOf(name), (firsts.get(firstOf(name)) ?? 0) + 1);
    names = new Map(regions.map(({ name }) => [name, firsts.get(firstOf(name)) === 1 ? name.split(JOIN)[0] : name]));
    known.set(regions, names);
  }
  return names;
}
const firstOf = (name: string): string => same(name.split(JOIN)[0]);

// What has been written in one frame.
export class Said {
  private readonly texts = new Set<string>();
  private readonly starts: string[] = [];

  name(text: string): void {
    for (const part of text.split(JOIN)) {
      if (part.endsWith(CUT)) this.starts.push(same(part.slice(0, -CUT.length)));
      else this.texts.add(same(part));
    }
  }

  // Whether a label says something new; from now on it is said.
  first(label: string): boolean {
    const text = same(label);
    if (this.texts.has(text) || this.starts.some((start) => text.startsWith(start))) return false;
    this.texts.add(text);
    return true;
  }
}
