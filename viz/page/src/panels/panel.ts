// The panel beside the picture: all that the notes say of one thing, one relation, one path or one cell of a matrix.
import { noteAddress } from "../details";
import { button, make, webLink } from "../dom";
import { edgesAround, iriOf, predicateOf } from "../graph";
import { groupsOf } from "../groups";
import type { Step } from "../paths";
import { isWord, say, sayRelation } from "../words";
import { type Desk, kindOf, lineIcon, meter, nameButton, quotes } from "./parts";
import { relationSection } from "./relations";

export interface Action {
  readonly label: string;
  readonly act: () => void;
  readonly pressed?: boolean;
}

// The contents for a node, without the frame of the panel.
export function nodePanel(
  desk: Desk,
  node: number,
  actions: readonly Action[],
  take: (edge: number) => boolean,
): Node[] {
  const { graph } = desk;
  const aliases = graph.aliases.get(node) ?? [];
  return [
    make("h2", {}, graph.label[node]),
    kindOf(desk, node),
    make("div", { class: "actions" }, ...actions.map(actionButton)),
    aliases.length ? make("p", { class: "also" }, `${say("also")}: ${aliases.join(" · ")}`) : null,
    facts(desk, node),
    ...groupsOf(graph, node, take).map((group) => relationSection(desk, node, group)),
  ].filter((child) => child !== null);
}

const actionButton = ({ label, act, pressed }: Action): HTMLButtonElement =>
  button(label, act, pressed === undefined ? {} : { "aria-pressed": String(pressed) });

function facts(desk: Desk, node: number): HTMLElement {
  const { graph } = desk;
  const details = desk.details();
  const list = make("dl", { class: "facts" });
  const add = (name: string, ...values: (Node | string)[]) =>
    list.append(make("dt", {}, name), ...values.map((value) => make("dd", {}, value)));
  for (const [key, value] of details.values(node)) add(isWord(key) ? say(key) : key, webLink(value, value));
  for (const [text, address] of details.links(node)) add(say("see"), webLink(text, address));
  for (const [text, address, title] of papersOf(desk, node)) {
    add(say("introducedBy"), webLink(title, address), make("small", {}, text));
  }
  const home = graph.home[node];
  if (home >= 0 && graph.regions[home].name) add(say("region"), graph.regions[home].name);
  if (desk.pageUrl) {
    const address = desk.pageUrl.replace("{path}", iriOf(graph, node).slice(graph.base.length));
    add(say("page"), make("a", { href: address }, graph.label[node]));
  }
  add(say("notes"), ...notesOf(desk, node));
  return list;
}

const MOST_NOTES = 5;

// Where it is named: some notes at once, the others when asked.
function notesOf(desk: Desk, node: number): Node[] {
  const link = (note: string) => {
    const address = noteAddress(desk.noteUrl, note, 1);
    return make(
      "div",
      { class: "note" },
      address ? make("a", { href: address, rel: "noopener noreferrer" }, note) : note,
    );
  };
  const [first, rest] = [desk.details().notes(node).slice(0, MOST_NOTES), desk.details().notes(node).slice(MOST_NOTES)];
  const shown: Node[] = first.map(link);
  if (rest.length) shown.push(make("details", {}, make("summary", {}, `+${rest.length}`), ...rest.map(link)));
  return shown;
}

// The papers that introduce a thing, each with where it can be read.
function papersOf(desk: Desk, node: number): [text: string, address: string, title: string][] {
  const { graph } = desk;
  const details = desk.details();
  return [...edgesAround(graph, node)].flatMap((edge) => {
    if (graph.to[edge] !== node || predicateOf(graph, edge) !== "introduces") return [];
    const paper = graph.from[edge];
    return details
      .links(paper)
      .slice(0, 1)
      .map(([text, address]): [string, string, string] => [text, address, graph.label[paper]]);
  });
}

export function edgePanel(desk: Desk, edge: number): Node[] {
  const { graph } = desk;
  const end = (node: number) => make("p", { class: "end" }, nameButton(desk, node), " ", kindOf(desk, node));
  const words = `${graph.denied[edge] ? `${say("not")} ` : ""}${sayRelation(predicateOf(graph, edge), true)}`;
  return [
    end(graph.from[edge]),
    make("h2", {}, lineIcon(predicateOf(graph, edge), desk.palette()), words),
    end(graph.to[edge]),
    make("p", { class: "also" }, meter(graph.confidence[edge])),
    ...quotes(desk, edge),
  ];
}

export function pathPanel(desk: Desk, ends: readonly [number, number], steps: readonly Step[] | null): Node[] {
  const { graph } = desk;
  const title = make("h2", {}, say("pathOf", { from: graph.label[ends[0]], to: graph.label[ends[1]] }));
  if (!steps) return [title, make("p", { class: "also" }, say("pathNone"))];
  const hops = steps.map(({ edge }) =>
    make(
      "section",
      {},
      make("h3", {}, lineIcon(predicateOf(graph, edge), desk.palette()), sayRelation(predicateOf(graph, edge), true)),
      make(
        "p",
        { class: "hop" },
        nameButton(desk, graph.from[edge]),
        " → ",
        nameButton(desk, graph.to[edge]),
        meter(graph.confidence[edge]),
      ),
      ...quotes(desk, edge, 3),
    ),
  );
  return [title, ...hops];
}

// Some relations under a title, such as what stands behind the cell of a matrix.
export function relationsPanel(desk: Desk, title: string, edges: readonly number[]): Node[] {
  const { graph } = desk;
  const rows = edges.map((edge) =>
    make(
      "section",
      {},
      make(
        "p",
        { class: "hop" },
        nameButton(desk, graph.from[edge]),
        ` ${sayRelation(predicateOf(graph, edge), true)} `,
        nameButton(desk, graph.to[edge]),
        meter(graph.confidence[edge]),
      ),
      ...quotes(desk, edge, 2),
    ),
  );
  return [make("h2", {}, title), ...rows];
}
