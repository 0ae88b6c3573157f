// The shortest way between two nodes, each step with its evidence; topics, makers, machines and data join too much to tell much, and are
// gone through only where nothing else leads there.
const WIDE = new Set(["hasTopic", "affiliatedWith", "authoredBy", "broader", "targetsHardware", "measuredOn", "evaluatedOn", "trainedOn"]);

function shortestPath(start, end) {
  for (const all of [false, true]) {
    const came = new Map([[start, null]]);
    let frontier = [start];
    while (frontier.length && !came.has(end)) {
      const next = [];
      for (const id of frontier) {
        for (const edge of AROUND.get(id)) {
          const other = edge.from === id ? edge.to : edge.from;
          if (came.has(other) || !shownEdge(edge) || (!all && WIDE.has(edge.predicate))) continue;
          came.set(other, edge);
          next.push(other);
        }
      }
      frontier = next;
    }
    if (!came.has(end)) continue;
    const steps = [];
    for (let id = end; id !== start; ) {
      const edge = came.get(id);
      steps.unshift({ edge, near: edge.from === id ? edge.to : edge.from, far: id });
      id = edge.from === id ? edge.to : edge.from;
    }
    return steps;
  }
  return null;
}

function startPath(id) {
  state.pathFrom = id;
  showPanel(make("h2", {}, NODES.get(id).label), make("p", { class: "also" }, say("pathTo")));
  searchBox.focus();
}

function showPath(start, end) {
  state.pathFrom = null;
  const steps = start === end ? null : shortestPath(start, end);
  if (!steps) {
    showPanel(make("h2", {}, `${NODES.get(start).label} … ${NODES.get(end).label}`), make("p", { class: "also" }, say("pathNone")));
    return;
  }
  const places = new Map([start, ...steps.map((step) => step.far)].map((id, number) => [id, { x: number * 220, y: number % 2 ? 46 : -46 }]));
  state.selected = null;
  state.edge = null;
  state.lineage = { edges: new Set(steps.map((step) => step.edge.id)), places, path: [start, end] };
  document.getElementById("back").hidden = false;
  const rows = steps.flatMap(({ edge }) => {
    const [from, to] = [NODES.get(edge.from), NODES.get(edge.to)];
    const title = make("h3", {}, from.label, make("span", { class: "kind" }, say(edge.predicate)), to.label, make("span", { class: "score" }, edge.confidence.toFixed(2)));
    return [title, ...evidenceOf(edge)];
  });
  showPanel(make("h2", {}, `${NODES.get(start).label} → ${NODES.get(end).label}`), ...rows);
  redraw();
  fit();
  remember();
}
