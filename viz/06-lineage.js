// Lineage: what a method builds on, or what builds on it, in layers from left to right.
const LINEAGE = new Set(["extends", "improvesOn"]);

function walk(start, way) {
  const depth = new Map([[start, 0]]), edges = new Set();
  let frontier = [start];
  while (frontier.length) {
    const next = [];
    for (const id of frontier) {
      for (const edge of AROUND.get(id)) {
        if (!LINEAGE.has(edge.predicate) || edge.negative || edge.confidence < state.confidence) continue;
        const [near, far] = way === "down" ? [edge.to, edge.from] : [edge.from, edge.to];
        if (near !== id) continue;
        edges.add(edge.id);
        if (!depth.has(far)) { depth.set(far, depth.get(id) + 1); next.push(far); }
      }
    }
    frontier = next;
  }
  return { depth, edges };
}

function showLineage(start, way) {
  const { depth, edges } = walk(start, way);
  if (depth.size === 1) { panel.querySelector(".actions").append(make("span", { class: "also" }, say("lineageNone"))); return; }
  const layers = new Map();
  for (const [id, level] of depth) layers.set(level, [...(layers.get(level) ?? []), id]);
  const places = new Map();
  for (const [level, ids] of layers) {
    const parentHeight = (id) => { const above = [...edges].map((e) => EDGES.get(e)).map((e) => way === "down" ? [e.to, e.from] : [e.from, e.to]).filter(([near, far]) => far === id && places.has(near)).map(([near]) => places.get(near).y); return above.length ? above.reduce((a, b) => a + b, 0) / above.length : 0; };
    ids.sort((a, b) => parentHeight(a) - parentHeight(b) || NODES.get(a).label.localeCompare(NODES.get(b).label));
    ids.forEach((id, row) => places.set(id, { x: (way === "down" ? 1 : -1) * level * 260, y: (row - (ids.length - 1) / 2) * 62 }));
  }
  state.lineage = { edges, places, start, way };
  document.getElementById("back").hidden = false;
  redraw();
  fit();
  remember();
}

function leaveLineage() {
  state.lineage = null;
  document.getElementById("back").hidden = true;
  redraw();
  fit();
}
