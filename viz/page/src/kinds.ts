// The kinds of things and relations that the ontology knows, in the order in which people read them.

export const TYPES = ["Paper", "Method", "Model", "Institution", "Hardware", "Dataset", "Topic", "Person"] as const;
export type TypeName = (typeof TYPES)[number];

export const PREDICATES = [
  "extends",
  "improvesOn",
  "uses",
  "introduces",
  "affiliatedWith",
  "authoredBy",
  "outperforms",
  "comparedWith",
  "targetsHardware",
  "measuredOn",
  "evaluatedOn",
  "trainedOn",
  "hasTopic",
  "broader",
] as const;
export type PredicateName = (typeof PREDICATES)[number];

// Relations that one colour, dash and switch of the legend stand for.
export const FAMILIES = {
  builds: ["extends", "improvesOn"],
  parts: ["uses"],
  made: ["introduces", "affiliatedWith", "authoredBy"],
  compares: ["outperforms", "comparedWith"],
  runs: ["targetsHardware", "measuredOn"],
  data: ["evaluatedOn", "trainedOn"],
  filed: ["hasTopic", "broader"],
} as const satisfies Record<string, readonly PredicateName[]>;
export type Family = keyof typeof FAMILIES;
export const FAMILY_NAMES = Object.keys(FAMILIES) as Family[];

const FAMILY_OF = new Map<PredicateName, Family>(
  FAMILY_NAMES.flatMap((family) => FAMILIES[family].map((predicate) => [predicate, family] as const)),
);
export const familyOf = (predicate: PredicateName): Family => FAMILY_OF.get(predicate)!;

// A number for each, so that a graph can hold them in arrays of bytes.
export const typeNumber = (name: TypeName): number => TYPES.indexOf(name);
export const predicateNumber = (name: PredicateName): number => PREDICATES.indexOf(name);
export const FAMILY_NUMBERS: Uint8Array = Uint8Array.from(PREDICATES, (p) => FAMILY_NAMES.indexOf(familyOf(p)));

// What builds on what; with ingredients where people ask for them.
export const LINEAGE: ReadonlySet<PredicateName> = new Set<PredicateName>(["extends", "improvesOn"]);

// How lines are drawn, in pixels: dash, width, and which end has what head.
export const DASHES: Record<Family, readonly number[]> = {
  builds: [],
  parts: [7, 3],
  made: [],
  compares: [2, 3],
  runs: [9, 3, 2, 3],
  data: [4, 3],
  filed: [1.5, 4],
};
export const WIDTHS: Record<Family, number> = {
  builds: 1.9,
  parts: 1.3,
  made: 1,
  compares: 1.5,
  runs: 1.3,
  data: 1.3,
  filed: 1.1,
};
export type Head = "arrow" | "open" | "none";
export const HEADS: Record<PredicateName, Head> = {
  extends: "open",
  improvesOn: "arrow",
  uses: "arrow",
  introduces: "none",
  affiliatedWith: "none",
  authoredBy: "none",
  outperforms: "arrow",
  comparedWith: "none",
  targetsHardware: "arrow",
  measuredOn: "open",
  evaluatedOn: "arrow",
  trainedOn: "open",
  hasTopic: "none",
  broader: "none",
};
