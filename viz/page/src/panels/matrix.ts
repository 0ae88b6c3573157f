// A matrix as a table; the more there is in a cell, the fuller its mark.
import { button, make } from "../dom";
import type { Shown } from "../filter";
import { type Cell, cellKey, makeMatrix } from "../matrix";
import { cut } from "../text";
import type { Holder, Matrix as Kind } from "../view";
import { say, type Word } from "../words";
import { type Desk, markIcon, nameButton } from "./parts";

const KINDS: readonly (readonly [Kind, Word])[] = [
  ["institutions", "matrixInstitutions"],
  ["hardware", "matrixHardware"],
  ["datasets", "matrixDatasets"],
];

export function matrixView(
  desk: Desk,
  shown: Shown,
  holder: Holder,
  open: (title: string, edges: readonly number[]) => void,
): Node[] {
  const { graph } = desk;
  const kind = holder.get().matrix;
  const tabs = KINDS.map(([name, word]) =>
    button(say(word), () => holder.set({ matrix: name }), { "aria-pressed": String(name === kind) }),
  );
  const bar = make("div", { class: "bar", role: "group", "aria-label": say("matrix") }, ...tabs);
  const { rows, columns, cells, leftOut } = makeMatrix(graph, shown, kind);
  if (!rows.length) return [bar, make("p", { class: "empty" }, say("matrixNone"))];
  const heads = columns.map((node) =>
    make(
      "th",
      { scope: "col", title: graph.label[node] },
      make("span", { class: "slanted" }, nameButtonShort(desk, node)),
    ),
  );
  const body = rows.map((row) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, markIcon(graph.type[row], desk.palette()), nameButton(desk, row)),
      ...columns.map((column) =>
        make("td", {}, cellMark(desk, kind, row, column, cells.get(cellKey(row, column)), open)),
      ),
    ),
  );
  const lead = make(
    "p",
    { class: "also" },
    say(kind === "institutions" ? "matrixLead" : "matrixLeadCells"),
    leftOut ? ` ${say("statusLeftOut", { n: leftOut })}` : null,
    key(kind),
  );
  return [
    bar,
    lead,
    make(
      "table",
      { class: "matrix" },
      make("thead", {}, make("tr", {}, make("td", {}), ...heads)),
      make("tbody", {}, ...body),
    ),
  ];
}

function key(kind: Kind): HTMLElement | null {
  if (kind === "institutions") return null;
  const [firm, weak]: [Word, Word] =
    kind === "hardware" ? ["designedFor", "onlyMeasured"] : ["evaluatedOn", "trainedOn"];
  return make(
    "span",
    { class: "key" },
    make("i", { class: "cell-mark" }),
    say(firm),
    make("i", { class: "cell-mark weak" }),
    say(weak),
  );
}

function nameButtonShort(desk: Desk, node: number): HTMLButtonElement {
  const name = nameButton(desk, node);
  name.textContent = cut(desk.graph.label[node], 26);
  return name;
}

function cellMark(
  desk: Desk,
  kind: Kind,
  row: number,
  column: number,
  cell: Cell | undefined,
  open: (title: string, edges: readonly number[]) => void,
): Node | string {
  if (!cell) return "";
  const { graph } = desk;
  const title = `${graph.label[row]} × ${graph.label[column]}`;
  const many = kind === "institutions" ? cell.works.size : cell.edges.length;
  const strength = Math.min(4, Math.ceil(Math.sqrt(many)));
  return make(
    "button",
    {
      type: "button",
      class: `cell-mark s${strength}${cell.weak ? " weak" : ""}`,
      "aria-label": `${title}: ${many}`,
      title,
      click: () => open(title, cell.edges),
    },
    kind === "institutions" ? String(many) : null,
  );
}
