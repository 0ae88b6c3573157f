// The data of the page stands in it as JSON islands, large ones packed: gzip in base64.

export interface PackedGraph {
  readonly title: string;
  readonly base: string;
  readonly nodes: {
    readonly slug: readonly string[];
    readonly type: readonly number[];
    readonly label: readonly string[];
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly home: readonly number[];
    readonly weight: readonly number[];
    readonly year: readonly number[];
  };
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  readonly edges: {
    readonly from: readonly number[];
    readonly to: readonly number[];
    readonly predicate: readonly number[];
    readonly confidence: readonly number[];
  };
  readonly denied: readonly number[];
  readonly weak: readonly number[];
  readonly regions: readonly (readonly [name: string, x: number, y: number, radius: number, parent: number])[];
  readonly open: Opening;
  readonly noteUrl: string;
  readonly pageUrl: string;
  // Whether works can be compared here, and conflicts and gaps are listed.
  readonly answers: boolean;
  readonly leftOut: readonly [things: number, relations: number];
}

// How the page opens when its address says nothing else.
export interface Opening {
  readonly show: "map" | "focus" | "lineage" | "timeline";
  readonly centre: number | null;
  readonly hops: number;
  readonly way: "down" | "up" | "both";
}

export interface PackedDetails {
  readonly notes: readonly string[];
  readonly sentences: readonly string[];
  readonly nodes: readonly (readonly [
    values: readonly (readonly [string, string])[],
    links: readonly (readonly [string, string])[],
    notes: readonly number[],
  ])[];
  // For each edge: triples of note, line and sentence in one list, then how many places more there are.
  readonly edges: readonly (readonly [places: readonly number[], more: number])[];
}

async function unpack(element: HTMLElement): Promise<string> {
  const text = element.textContent ?? "";
  if (!element.dataset.packed) return text;
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

export async function readIsland<T>(id: string): Promise<T> {
  const element = document.getElementById(id);
  if (!element) throw new Error(`this page has no ${id}`);
  const value: T = JSON.parse(await unpack(element));
  element.remove(); // its text would be held twice
  return value;
}
