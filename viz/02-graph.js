// The data of the page, and how nodes and edges look in each state.
const readIsland = (id) => JSON.parse(document.getElementById(id).textContent);

// A large payload is packed: gzip in base64, which every browser of the last years can unpack by itself.
async function readPacked(id) {
  const element = document.getElementById(id);
  if (!element.dataset.packed) return readIsland(id);
  const bytes = Uint8Array.from(atob(element.textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

const DATA = await readPacked("payload");
const NODES = new Map(DATA.nodes.map((node) => [node.id, node]));
const EDGES = new Map(DATA.edges.map((edge) => [edge.id, edge]));
const AROUND = new Map(DATA.nodes.map((node) => [node.id, []]));
for (const edge of DATA.edges) { AROUND.get(edge.from).push(edge); if (edge.to !== edge.from) AROUND.get(edge.to).push(edge); }

const TYPES = ["Paper", "Method", "Model", "Institution", "Hardware", "Dataset", "Topic", "Person"];
const SHAPES = { Institution: "diamond", Hardware: "square", Dataset: "triangle", Topic: "hexagon", Person: "star" };
const FAMILIES = {
  builds: ["extends", "improvesOn"], parts: ["uses"], made: ["introduces", "affiliatedWith", "authoredBy"],
  compares: ["outperforms", "comparedWith"], runs: ["targetsHardware", "measuredOn"], data: ["evaluatedOn", "trainedOn"], filed: ["hasTopic", "broader"],
};
const FAMILY = new Map(Object.entries(FAMILIES).flatMap(([family, names]) => names.map((name) => [name, family])));
const COLOURS = {
  light: { Paper: "#8a94a3", Method: "#2f6f8f", Model: "#7257a8", Institution: "#b0752c", Hardware: "#a8443c", Dataset: "#4b8052", Topic: "#c3bfb3", Person: "#96688a",
    builds: "#1f5f80", parts: "#7d9db0", made: "#b3b7bd", compares: "#c08a3e", runs: "#b9645c", data: "#7ea884", filed: "#dfdcd3", ink: "#23272e", paper: "#fbfaf7", faint: "#e4e2dc" },
  dark: { Paper: "#8b95a1", Method: "#74b3d1", Model: "#ab92dd", Institution: "#dba55c", Hardware: "#e08279", Dataset: "#86bf8d", Topic: "#5a6068", Person: "#c896ba",
    builds: "#8cc4df", parts: "#54768a", made: "#565e67", compares: "#b98d4e", runs: "#b56b64", data: "#5f8d66", filed: "#2d3239", ink: "#e6e4de", paper: "#16191d", faint: "#2a2f35" },
};
const state = { selected: null, edge: null, hover: null, hidden: new Set(), hiddenFamilies: new Set(), confidence: 0, negative: false, lineage: null, pathFrom: null, alone: false, labels: new Set(), scale: 1 };
const theme = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "auto" ? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light") : chosen;
};
const colour = (key) => COLOURS[theme()][key];

const shownEdge = (edge) => edge.confidence >= state.confidence && (state.negative || !edge.negative)
  && !state.hiddenFamilies.has(FAMILY.get(edge.predicate)) && !state.hidden.has(NODES.get(edge.from).type) && !state.hidden.has(NODES.get(edge.to).type)
  && (!state.lineage || state.lineage.edges.has(edge.id));
const shownNode = (node) => !state.hidden.has(node.type) && (node.degree > 0 || state.alone || node.id === state.selected) && (!state.lineage || state.lineage.places.has(node.id));

// What stands out: the selected node with its neighbours, the ends of the selected edge, or nothing in particular.
function bright() {
  if (state.edge !== null) return new Set([EDGES.get(state.edge).from, EDGES.get(state.edge).to]);
  const centre = state.selected ?? state.hover;
  if (centre === null || state.lineage) return null;
  return new Set([centre, ...AROUND.get(centre).filter(shownEdge).flatMap((edge) => [edge.from, edge.to])]);
}

// Nodes shrink more slowly than the picture, so that an overview still shows them.
const nodeSize = (node) => ((node.type === "Topic" ? 5 : node.type === "Paper" ? 5 : 7) + Math.min(15, 2.1 * Math.sqrt(node.degree))) * Math.max(1, 0.85 / Math.sqrt(state.scale));
const shortLabel = (text) => { const letters = Array.from(text); return letters.length > 30 ? letters.slice(0, 29).join("") + "…" : text; };
const textWidth = (text) => Array.from(text).reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? 13 : 7), 0);

// Labels keep their size on the screen; where two would overlap, the better connected node keeps its own.
function chooseLabels() {
  const first = bright();
  const order = [...ownedNodes()].map((id) => NODES.get(id)).filter(shownNode).sort((a, b) =>
    (first ? first.has(b.id) - first.has(a.id) : 0) || (a.type === "Paper") - (b.type === "Paper") || b.degree - a.degree || a.id - b.id);
  const boxes = [], chosen = new Set();
  for (const node of order) {
    if (first && !first.has(node.id)) break;
    const place = placeOf(node), width = textWidth(shortLabel(node.label)) / state.scale / 2, height = 9 / state.scale;
    const top = place.y + nodeSize(node) + 3 / state.scale, box = [place.x - width, top, place.x + width, top + 2 * height];
    if (node.id !== state.selected && boxes.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
    boxes.push(box); chosen.add(node.id);
  }
  state.labels = chosen;
}

const placeOf = (node) => state.lineage ? state.lineage.places.get(node.id) ?? node : node;

function nodeLook(node, first) {
  const dim = first && !first.has(node.id), labelled = state.labels.has(node.id) || node.id === state.selected || node.id === state.hover;
  const place = placeOf(node), base = dim ? colour("faint") : colour(node.type);
  return {
    id: node.id, x: place.x, y: place.y, size: nodeSize(node), shape: SHAPES[node.type] ?? "dot", hidden: !shownNode(node),
    label: labelled && !dim ? shortLabel(node.label) : "", borderWidth: node.id === state.selected ? 3 : 1,
    color: { background: base, border: node.id === state.selected ? colour("ink") : colour("paper"), highlight: { background: base, border: colour("ink") }, hover: { background: base, border: colour("ink") } },
    font: { size: 13 / state.scale, color: node.type === "Topic" || node.type === "Paper" ? colour("Paper") : colour("ink"), strokeWidth: 3 / state.scale, strokeColor: colour("paper"), vadjust: 0, face: "system-ui, Noto Sans CJK SC, sans-serif" },
  };
}

function edgeLook(edge, first) {
  const own = edge.id === state.edge || (state.selected !== null && (edge.from === state.selected || edge.to === state.selected)) || state.lineage;
  const dim = (first && !own) || (state.edge !== null && edge.id !== state.edge), family = FAMILY.get(edge.predicate);
  const strong = own || family === "builds";
  return {
    id: edge.id, from: edge.from, to: edge.to, hidden: !shownEdge(edge), dashes: edge.negative, width: (strong ? 1.9 : 1) * (0.6 + 0.6 * edge.confidence),
    color: { color: dim ? colour("faint") : colour(family), opacity: dim ? 0.25 : strong ? 1 : family === "filed" ? 0.55 : 0.75, inherit: false, highlight: colour(family), hover: colour(family) },
    label: state.lineage || (own && state.edge === edge.id) ? say(edge.predicate) : "",
    font: { size: 11 / state.scale, color: colour("Paper"), strokeWidth: 3 / state.scale, strokeColor: colour("paper"), align: "middle" },
  };
}

const nodeSet = new vis.DataSet(), edgeSet = new vis.DataSet();
const network = new vis.Network(document.getElementById("graph"), { nodes: nodeSet, edges: edgeSet }, readIsland("options"));

// The engine holds the nodes that are owned, and the edges between them; the backdrop shows the rest.
function redraw() {
  chooseOwned();
  chooseLabels();
  const first = bright(), owned = ownedNodes();
  const edges = ownedEdges();
  keepOnly(edgeSet, edges);
  keepOnly(nodeSet, owned);
  nodeSet.update([...owned].map((id) => nodeLook(NODES.get(id), first)));
  edgeSet.update([...edges].map((id) => edgeLook(EDGES.get(id), first)));
  drawBackdrop();
  drawTable();
}

function keepOnly(set, wanted) {
  const gone = set.getIds().filter((id) => !wanted.has(id));
  if (gone.length) set.remove(gone);
}
