// Wiring: selection, legend, buttons, keys, deep links. frame() keeps what it shows beside the panel.
let framed = null;
function frame(ids, closest) {
  framed = [ids, closest];
  const box = document.getElementById("graph"), covered = panel.hidden || panel.offsetWidth >= innerWidth ? 0 : panel.offsetWidth;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const id of ids) {
    const { x, y } = placeOf(NODES.get(id));
    left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
  }
  if (left > right) [left, right, top, bottom] = [0, 0, 0, 0];
  const width = Math.max(80, box.clientWidth - covered - 150), height = Math.max(80, box.clientHeight - 90);
  const scale = Math.min(closest, width / Math.max(1, right - left), height / Math.max(1, bottom - top));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, offset: { x: -covered / 2, y: 0 }, animation: false });
  rescale();
}

function fit() {
  frame(DATA.nodes.filter(shownNode).filter((node) => state.lineage || state.alone || node.degree > 0).map((node) => node.id), 2);
}

function lookAt(id) {
  frame([...new Set([id, ...AROUND.get(id).filter(shownEdge).flatMap((edge) => [edge.from, edge.to])])], 1.6);
}

function rescale() {
  state.scale = Math.min(6, Math.max(IS_LARGE ? 0.02 : 0.12, network.getScale()));
  redraw();
}

function select(id, move = false) {
  if (id !== null && state.pathFrom !== null) { showPath(state.pathFrom, id); return; }
  state.selected = id;
  state.edge = null;
  state.pathFrom = null;
  if (id === null) panel.hidden = true;
  else showNode(NODES.get(id));
  if (move && id !== null && !(state.lineage && state.lineage.places.has(id))) { if (state.lineage) leaveLineage(); lookAt(id); }
  redraw();
  remember();
}

// Everything that makes the view what it is stands in the address, so that a view can be shared, and gone back to.
function describeView() {
  const view = new URLSearchParams(), { lineage } = state;
  if (state.selected !== null) view.set("n", NODES.get(state.selected).iri);
  if (lineage?.path) view.set("path", lineage.path.map((id) => NODES.get(id).iri).join(" "));
  else if (lineage) { view.set("of", NODES.get(lineage.start).iri); view.set("way", lineage.way); }
  if (state.hidden.size) view.set("without", [...state.hidden].sort().join(" "));
  if (state.hiddenFamilies.size) view.set("no", [...state.hiddenFamilies].sort().join(" "));
  if (state.confidence > 0) view.set("c", state.confidence.toFixed(2));
  if (state.negative) view.set("denied", "1");
  if (state.alone) view.set("alone", "1");
  if (chosenLanguage) view.set("lang", language);
  if (chosenTheme) view.set("theme", theme());
  return view.toString();
}

let restoring = false, chosenLanguage = false, chosenTheme = false;
function remember() {
  const view = describeView();
  if (restoring || view === location.hash.slice(1)) return;
  try { history.pushState(null, "", view ? `#${view}` : location.pathname + location.search); } catch { /* a page in a frame of a notebook has no address of its own */ }
}

function restoreView() {
  const view = new URLSearchParams(location.hash.slice(1)), words = (key) => (view.get(key) ?? "").split(" ").filter(Boolean);
  const byIri = (iri) => DATA.nodes.find((node) => node.iri === iri);
  restoring = true;
  state.hidden = new Set(words("without").filter((type) => TYPES.includes(type)));
  state.hiddenFamilies = new Set(words("no").filter((family) => family in FAMILIES));
  state.confidence = Math.min(1, Math.max(0, Number(view.get("c")) || 0));
  state.negative = view.has("denied");
  state.alone = view.has("alone");
  if (view.get("lang") in WORDS) { language = view.get("lang"); chosenLanguage = true; }
  if (["light", "dark"].includes(view.get("theme"))) { document.documentElement.dataset.theme = view.get("theme"); chosenTheme = true; }
  document.getElementById("confidence").value = String(state.confidence);
  document.getElementById("confidence-value").textContent = state.confidence.toFixed(2);
  if (state.lineage) leaveLineage();
  const [from, to] = words("path").map(byIri), start = byIri(view.get("of")), node = byIri(view.get("n"));
  refreshWords();
  if (node) select(node.id, !start); else if (!from) select(null);
  if (from && to) showPath(from.id, to.id);
  else if (start) showLineage(start.id, view.get("way") === "up" ? "up" : "down");
  restoring = false;
  return Boolean(node || from || start);
}

function legendRow(key, mark, count, pressed, toggle) {
  return make("button", { type: "button", "aria-pressed": String(pressed), onclick: () => { toggle(); drawLegend(); redraw(); remember(); } }, mark, say(key), make("span", { class: "count" }, String(count)));
}

function drawLegend() {
  const flip = (set, key) => () => set.has(key) ? set.delete(key) : set.add(key);
  const types = TYPES.map((type) => [type, DATA.nodes.filter((node) => node.type === type).length]).filter(([, count]) => count);
  const families = Object.keys(FAMILIES).map((family) => [family, DATA.edges.filter((edge) => !edge.negative && FAMILY.get(edge.predicate) === family).length]).filter(([, count]) => count);
  const lonely = DATA.nodes.filter((node) => node.degree === 0).length;
  const denied = DATA.edges.filter((edge) => edge.negative).length;
  document.getElementById("legend").replaceChildren(
    make("h2", {}, say("types")), ...types.map(([type, count]) => legendRow(type, make("span", { class: "dot", colour: colour(type) }), count, !state.hidden.has(type), flip(state.hidden, type))),
    make("h2", {}, say("relations")), ...families.map(([family, count]) => legendRow(family, make("span", { class: "dash", colour: colour(family) }), count, !state.hiddenFamilies.has(family), flip(state.hiddenFamilies, family))),
    ...(lonely ? [legendRow("alone", make("span", { class: "dot", colour: colour("faint") }), lonely, state.alone, () => { state.alone = !state.alone; setTimeout(fit); })] : []),
    ...(denied ? [legendRow("negative", make("span", { class: "dash", colour: colour("Paper") }), denied, state.negative, () => { state.negative = !state.negative; })] : []));
}

function refreshWords() {
  sayEverywhere();
  drawLegend();
  if (state.edge !== null) showEdge(EDGES.get(state.edge));
  else if (state.selected !== null) showNode(NODES.get(state.selected));
  redraw();
}

network.on("click", ({ nodes, edges, pointer }) => {
  const behind = nodes.length ? null : backdropNodeAt(pointer.canvas.x, pointer.canvas.y);
  if (nodes.length) select(nodes[0]);
  else if (behind) select(behind.id);
  else if (edges.length) { state.selected = null; state.edge = edges[0]; showEdge(EDGES.get(edges[0])); redraw(); }
  else select(null);
});
network.on("doubleClick", ({ nodes }) => { if (nodes.length) lookAt(nodes[0]); });
network.on("hoverNode", ({ node }) => { if (state.selected === null && !state.lineage) { state.hover = node; redraw(); } });
network.on("blurNode", () => { if (state.hover !== null) { state.hover = null; redraw(); } });
let zoomTimer = 0;
network.on("zoom", () => { framed = null; clearTimeout(zoomTimer); zoomTimer = setTimeout(rescale, 60); });
network.on("dragStart", () => { framed = null; });
network.on("dragEnd", ({ nodes }) => { if (IS_LARGE && !nodes.length) { clearTimeout(zoomTimer); zoomTimer = setTimeout(rescale, 30); } });
addEventListener("popstate", restoreView);
// The engine scales the picture with its window; what nobody has moved is framed anew.
addEventListener("resize", () => setTimeout(() => framed ? frame(...framed) : rescale(), 50));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { applyTheme(); refreshWords(); });

function applyTheme() { document.documentElement.dataset.theme = theme(); }
const onClick = (id, action) => document.getElementById(id).addEventListener("click", action);
onClick("fit", fit);
onClick("back", leaveLineage);
onClick("zoom-in", () => { network.moveTo({ scale: network.getScale() * 1.35 }); rescale(); });
onClick("zoom-out", () => { network.moveTo({ scale: network.getScale() / 1.35 }); rescale(); });
onClick("language", () => { language = language === "zh" ? "en" : "zh"; chosenLanguage = true; refreshWords(); remember(); });
onClick("as-table", toggleTable);
onClick("theme", () => { document.documentElement.dataset.theme = theme() === "dark" ? "light" : "dark"; chosenTheme = true; refreshWords(); remember(); });
document.getElementById("confidence").addEventListener("input", (event) => {
  state.confidence = Number(event.target.value);
  document.getElementById("confidence-value").textContent = state.confidence.toFixed(2);
  redraw();
});
document.getElementById("confidence").addEventListener("change", remember);
addEventListener("keydown", (event) => {
  if (event.target.matches("input, select, textarea")) return;
  if (event.key === "/") { event.preventDefault(); searchBox.focus(); }
  else if (event.key === "Escape") { if (state.lineage) leaveLineage(); else select(null); }
  else if (event.key === "f") fit();
  else if (event.key === "+" || event.key === "=") document.getElementById("zoom-in").click();
  else if (event.key === "-") document.getElementById("zoom-out").click();
});

applyTheme();
sayEverywhere();
drawLegend();
redraw();
fit();
if (!(location.hash.length > 1 && restoreView()) && DATA.focus !== null) {
  restoring = true;
  select(DATA.focus, false);
  if (DATA.layers) showLineage(DATA.focus, walk(DATA.focus, "down").depth.size > 1 ? "down" : "up");
  restoring = false;
}
document.documentElement.dataset.ready = "true";
