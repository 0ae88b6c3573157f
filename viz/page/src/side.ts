// What is read beside the picture, or in its place: the panel, and the tables.
import type { Acts } from "./acts";
import {
  answersAtHand,
  type Context,
  detailsAtHand,
  elements,
  find,
  measureObstacles,
  openAnswers,
  openDetails,
} from "./context";
import { button, byId, make } from "./dom";
import { compareView } from "./panels/compare";
import { conflictsView } from "./panels/conflicts";
import { gapsView } from "./panels/gaps";
import { makeGrip } from "./panels/grip";
import { matrixView } from "./panels/matrix";
import { edgePanel, nodePanel, pathPanel, relationsPanel } from "./panels/panel";
import type { Desk } from "./panels/parts";
import { SearchBox } from "./panels/search";
import { tables } from "./panels/table";
import { findPath } from "./paths";
import { isAnswer, isSheet, type View } from "./view";
import { say } from "./words";

export interface Side {
  readonly desk: Desk;
  drawPanel(): Promise<void>;
  drawSheet(): Promise<void>;
}

function letThrough(panel: HTMLElement): void {
  panel.classList.add("opening");
  setTimeout(() => panel.classList.remove("opening"), 340);
}

export function makeSide(context: Context, acts: Acts): Side {
  const { graph, packed, holder } = context;
  const desk: Desk = {
    graph,
    noteUrl: packed.noteUrl,
    pageUrl: packed.pageUrl,
    palette: () => context.palette,
    details() {
      const details = detailsAtHand();
      if (!details) throw new Error("details are read before they are shown");
      return details;
    },
    answers() {
      const answers = answersAtHand();
      if (!answers) throw new Error("answers are read before they are shown");
      return answers;
    },
    go: acts.go,
  };

  function contents(view: View): Node[] {
    const { selected, edge, show, path, denied, confidence, cell, pathFrom } = view;
    if (pathFrom !== null) return [make("h2", {}, graph.label[pathFrom]), make("p", { class: "also" }, say("pathTo"))];
    if (edge !== null) return edgePanel(desk, edge);
    if (selected !== null) {
      const take = (e: number) => graph.confidence[e] >= confidence && (denied || !graph.denied[e]);
      return nodePanel(desk, selected, acts.offers(selected), take);
    }
    if (cell) return relationsPanel(desk, cell.title, cell.edges);
    return show === "path" && path ? pathPanel(desk, path, findPath(graph, context.shown.edges, path[0], path[1])) : [];
  }

  const isEmpty = ({ selected, edge, show, path, cell, pathFrom }: View): boolean =>
    selected === null && edge === null && !(show === "path" && path) && !cell && pathFrom === null;

  const grip = makeGrip(elements().panel, measureObstacles);

  async function drawPanel(): Promise<void> {
    const { panel } = elements();
    const view = holder.get();
    const opens = panel.hidden;
    panel.hidden = isEmpty(view);
    if (panel.hidden) grip.pull(false);
    // The second click of a double click is still meant for what lies below.
    if (opens && !panel.hidden) letThrough(panel);
    document.body.classList.toggle("with-panel", !panel.hidden);
    if (panel.hidden) return;
    if (!detailsAtHand()) {
      panel.replaceChildren(make("p", { class: "also" }, "…"));
      await openDetails();
      if (holder.get() !== view) return; // whoever changed it draws it
    }
    const leave = () => (view.show === "path" && view.selected === null ? holder.set({ show: "map" }) : acts.letGo());
    panel.replaceChildren(
      grip.handle(),
      button("×", leave, { class: "close", "aria-label": say("close") }),
      ...contents(view),
    );
    panel.scrollTop = 0;
  }

  async function drawSheet(): Promise<void> {
    const { sheet, stage } = elements();
    const view = holder.get();
    // An address may ask for what this page was made without.
    if (isAnswer(view.show) && !packed.answers) return holder.set({ show: "map" }, "touch");
    sheet.hidden = !isSheet(view.show);
    stage.inert = !sheet.hidden;
    if (sheet.hidden) return;
    await openDetails();
    if (isAnswer(view.show)) await openAnswers();
    if (holder.get() !== view) return;
    const { show, selected, compared } = view;
    const { scrollTop } = sheet;
    sheet.setAttribute("aria-label", say(show));
    if (show === "table") sheet.replaceChildren(...tables(desk, context.shown, selected));
    else if (show === "compare") {
      sheet.replaceChildren(...compareView(desk, compared, acts.flipCompared, adder()));
    } else if (show === "conflicts") sheet.replaceChildren(...conflictsView(desk, holder));
    else if (show === "gaps") sheet.replaceChildren(...gapsView(desk, holder));
    else {
      const read = (title: string, edges: readonly number[]) =>
        holder.set({ cell: { title, edges }, selected: null, edge: null }, "touch");
      sheet.replaceChildren(...matrixView(desk, context.shown, holder, read));
    }
    sheet.scrollTop = scrollTop;
  }

  // A box that adds to the comparison by name.
  function adder(): HTMLElement {
    const label = say("compareAdd");
    const input = make("input", {
      id: "compare-search",
      type: "search",
      autocomplete: "off",
      placeholder: label,
      role: "combobox",
      "aria-label": label,
      "aria-expanded": "false",
      "aria-controls": "compare-hits",
      "aria-autocomplete": "list",
    });
    const list = make("ul", { id: "compare-hits", class: "hits", role: "listbox", hidden: true, "aria-label": label });
    new SearchBox(
      desk,
      input,
      list,
      () => find(graph),
      (node) => {
        if (!holder.get().compared.includes(node)) acts.flipCompared(node);
        byId("compare-search").focus();
      },
    );
    return make("div", { class: "search" }, input, list);
  }

  return { desk, drawPanel, drawSheet };
}
