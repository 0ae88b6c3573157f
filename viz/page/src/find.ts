// Finding by name: labels and aliases in both scripts, folded as papergraph folds names.
import type { Graph } from "./graph";
import { TYPES } from "./kinds";
import { fold } from "./text";

export interface Hit {
  readonly node: number;
  // The name that was found, where it is not the label.
  readonly alias: string;
}

interface Entry {
  readonly node: number;
  readonly name: string;
  readonly key: string;
}

export type Finder = (text: string, most: number) => Hit[];

export function makeFinder(graph: Graph): Finder {
  const entries: Entry[] = [];
  for (let node = 0; node < graph.size; node += 1) {
    entries.push({ node, name: "", key: fold(graph.label[node]) });
    for (const name of graph.aliases.get(node) ?? []) entries.push({ node, name, key: fold(name) });
  }
  const worth = (node: number) => graph.weight[node] * (TYPES[graph.type[node]] === "Paper" ? 0.4 : 1);
  return (text, most) => {
    const wanted = fold(text);
    if (!wanted) return [];
    const best = new Map<number, { rank: number; alias: string }>();
    for (const { node, name, key } of entries) {
      const rank = key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(wanted) ? 2 : 3;
      if (rank < 3 && rank < (best.get(node)?.rank ?? 3)) best.set(node, { rank, alias: name });
    }
    return [...best]
      .sort(
        ([a, p], [b, q]) =>
          p.rank - q.rank || worth(b) - worth(a) || graph.label[a].length - graph.label[b].length || a - b,
      )
      .slice(0, most)
      .map(([node, { alias }]) => ({ node, alias }));
  };
}
