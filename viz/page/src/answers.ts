// How works compare, what contradicts what, and what the notes lack: worked out when the page was made, read when asked for.
import { PREDICATES, type PredicateName } from "./kinds";

export type Place = readonly [note: number, line: number, sentence: number];
// An entity of the page by its number, any other by its name.
export type Named = number | string;

type PackedValue = readonly [
  what: Named,
  predicate: number,
  denied: number,
  figures: readonly string[],
  ...(Place | []),
];
type Facts = Readonly<Record<string, string>>;
type PackedConflict = readonly [
  kind: string,
  message: string,
  about: readonly number[],
  sides: readonly Place[],
  wording: string,
  facts: Facts,
];
type PackedGap = readonly [
  kind: string,
  about: readonly Named[],
  reason: string,
  facts: Readonly<Record<string, string>>,
  places: readonly Place[],
];
type PackedContest = readonly [
  subject: number,
  object: number,
  predicate: number,
  denied: number,
  datasets: readonly string[],
  metric: string,
  figures: readonly string[],
  places: readonly Place[],
];

export interface PackedAnswers {
  readonly aspects: readonly string[];
  // By node, for each aspect, its values; a number at the end of a cell counts those that are left out.
  readonly works: Readonly<Record<string, readonly (readonly (PackedValue | number)[])[]>>;
  readonly contests: readonly PackedContest[];
  readonly conflicts: readonly PackedConflict[];
  readonly gaps: readonly PackedGap[];
  readonly totals: readonly (readonly [kind: string, total: number])[];
}

export interface Value {
  // Empty where the sentence says it all.
  readonly what: Named;
  readonly predicate: PredicateName | null;
  readonly denied: boolean;
  readonly figures: readonly string[];
  readonly place: Place | null;
}

export interface Cell {
  readonly values: readonly Value[];
  readonly more: number;
}

export interface Contest {
  readonly subject: number;
  readonly object: number;
  readonly predicate: PredicateName;
  readonly denied: boolean;
  readonly datasets: readonly string[];
  readonly metric: string;
  readonly figures: readonly string[];
  readonly places: readonly Place[];
}

export interface Conflict {
  readonly kind: string;
  readonly message: string;
  readonly about: readonly number[];
  readonly sides: readonly Place[];
  // Which of the wordings of its kind the message has, and what it says by name: for other languages.
  readonly wording: string;
  readonly facts: Facts;
}

export interface Gap {
  readonly kind: string;
  readonly about: readonly Named[];
  readonly reason: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly places: readonly Place[];
}

export interface Answers {
  readonly aspects: readonly string[];
  cell(node: number, aspect: number): Cell;
  // Who is compared with whom among some works.
  contests(nodes: readonly number[]): readonly Contest[];
  readonly conflicts: readonly Conflict[];
  readonly gaps: readonly Gap[];
  // How many gaps there are of a kind, listed or not.
  readonly totals: ReadonlyMap<string, number>;
}

export function readAnswers(packed: PackedAnswers): Answers {
  const contests = packed.contests.map(
    ([subject, object, predicate, denied, datasets, metric, figures, places]): Contest => ({
      subject,
      object,
      predicate: PREDICATES[predicate],
      denied: denied === 1,
      datasets,
      metric,
      figures,
      places,
    }),
  );
  return {
    aspects: packed.aspects,
    cell: (node, aspect) => readCell(packed.works[node]?.[aspect] ?? []),
    contests: (nodes) => contests.filter(({ subject, object }) => nodes.includes(subject) && nodes.includes(object)),
    conflicts: packed.conflicts.map(([kind, message, about, sides, wording, facts]) => ({
      kind,
      message,
      about,
      sides,
      wording,
      facts,
    })),
    gaps: packed.gaps.map(([kind, about, reason, facts, places]) => ({ kind, about, reason, facts, places })),
    totals: new Map(packed.totals),
  };
}

function readCell(packed: readonly (PackedValue | number)[]): Cell {
  const values: Value[] = [];
  let more = 0;
  for (const item of packed) {
    if (typeof item === "number") more = item;
    else {
      const [what, predicate, denied, figures, ...place] = item;
      values.push({
        what,
        predicate: predicate < 0 ? null : PREDICATES[predicate],
        denied: denied === 1,
        figures,
        place: place.length ? place : null,
      });
    }
  }
  return { values, more };
}
