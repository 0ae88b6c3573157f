// The same data as a table: for screen readers, for the keyboard, and for reading instead of looking.
const MOST_ROWS = 400;
const tablePlace = document.getElementById("table");

function shownEdges() {
  const ends = (edge) => shownNode(NODES.get(edge.from)) && shownNode(NODES.get(edge.to));
  const near = state.selected === null ? null : new Set(AROUND.get(state.selected).map((edge) => edge.id));
  return DATA.edges.filter((edge) => shownEdge(edge) && ends(edge) && (near === null || near.has(edge.id)));
}

function drawTable() {
  if (tablePlace.hidden) return;
  const edges = shownEdges().sort((a, b) => b.confidence - a.confidence || a.id - b.id);
  const name = (id) => make("button", { class: "to", type: "button", onclick: () => select(id, true) }, NODES.get(id).label);
  const head = make("tr", {}, ...["from", "relation", "to", "score", "evidence"].map((key) => make("th", { scope: "col" }, say(key))));
  const rows = edges.slice(0, MOST_ROWS).map((edge) => make("tr", {},
    make("td", {}, name(edge.from)), make("td", {}, `${edge.negative ? say("not") + " " : ""}${say(edge.predicate)}`), make("td", {}, name(edge.to)),
    make("td", {}, edge.confidence.toFixed(2)), make("td", {}, edge.evidence.length ? quote(edge.evidence[0]) : "")));
  const caption = edges.length > MOST_ROWS ? `${MOST_ROWS} / ${edges.length}` : String(edges.length);
  tablePlace.replaceChildren(make("table", {}, make("caption", {}, `${say("relations")}: ${caption}`), make("thead", {}, head), make("tbody", {}, ...rows)));
}

function toggleTable() {
  tablePlace.hidden = !tablePlace.hidden;
  document.getElementById("as-table").setAttribute("aria-pressed", String(!tablePlace.hidden));
  drawTable();
  if (!tablePlace.hidden) tablePlace.focus();
}
