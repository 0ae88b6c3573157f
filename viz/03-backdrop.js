// Level of detail. The drawing engine is quick with some hundred nodes and slow with thousands, so in a large graph it
// holds those that matter in the view; all the others are a picture behind them, drawn once for a view and then only
// moved and scaled, with a hit test of its own.
const MOST_OWNED = 240, MOST_AROUND = 160, MOST_OWNED_EDGES = 700, WHOLE = 450;
const IS_LARGE = DATA.nodes.length > WHOLE;
const CELL = 240;
const GRID = new Map();
const owned = { nodes: new Set(IS_LARGE ? [] : NODES.keys()), edges: new Set(IS_LARGE ? [] : EDGES.keys()) };
const BY_IMPORTANCE = [...DATA.nodes].sort((a, b) => (a.type === "Paper") - (b.type === "Paper") || b.degree - a.degree || a.id - b.id);
let picture = null;

if (IS_LARGE) {
  for (const node of DATA.nodes) {
    const key = `${Math.floor(node.x / CELL)},${Math.floor(node.y / CELL)}`;
    if (!GRID.has(key)) GRID.set(key, []);
    GRID.get(key).push(node);
  }
}

const ownedNodes = () => owned.nodes;
const ownedEdges = () => owned.edges;

// What of the plane is seen, with a margin as a share of its size.
function seen(margin) {
  const box = document.getElementById("graph"), scale = network.getScale(), { x, y } = network.getViewPosition();
  const width = box.clientWidth / scale, height = box.clientHeight / scale;
  return { left: x - width * (0.5 + margin), right: x + width * (0.5 + margin), top: y - height * (0.5 + margin), bottom: y + height * (0.5 + margin) };
}
const within = (node, view) => node.x >= view.left && node.x <= view.right && node.y >= view.top && node.y <= view.bottom;

function chooseOwned() {
  if (!IS_LARGE) return;
  const nodes = new Set();
  if (state.lineage) for (const id of state.lineage.places.keys()) nodes.add(id);
  else {
    for (const centre of [state.selected, state.hover]) {
      if (centre === null) continue;
      nodes.add(centre);
      for (const edge of AROUND.get(centre).filter(shownEdge).slice(0, MOST_AROUND)) nodes.add(edge.from).add(edge.to);
    }
    if (state.edge !== null) nodes.add(EDGES.get(state.edge).from).add(EDGES.get(state.edge).to);
    const view = seen(0.1);
    for (const node of BY_IMPORTANCE) {
      if (nodes.size >= MOST_OWNED) break;
      if (within(node, view) && shownNode(node)) nodes.add(node.id);
    }
  }
  const edges = new Set();
  for (const id of nodes) {
    if (edges.size >= MOST_OWNED_EDGES) break;
    for (const edge of AROUND.get(id)) if (nodes.has(edge.from) && nodes.has(edge.to)) edges.add(edge.id);
  }
  owned.nodes = nodes;
  owned.edges = edges;
}

// Draws the picture for the present view, with room around it for panning.
function drawBackdrop() {
  if (!IS_LARGE || state.lineage) { picture = null; return; }
  const box = document.getElementById("graph"), scale = network.getScale(), margin = 0.4, view = seen(margin);
  const canvas = picture?.canvas ?? document.createElement("canvas");
  canvas.width = Math.round(box.clientWidth * (1 + 2 * margin));
  canvas.height = Math.round(box.clientHeight * (1 + 2 * margin));
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, -view.left * scale, -view.top * scale);
  const dim = bright() !== null;
  drawBackdropEdges(pen, view, scale, dim);
  drawBackdropNodes(pen, view, scale, dim);
  picture = { canvas, view };
  network.redraw();
}

function drawBackdropEdges(pen, view, scale, dim) {
  const paths = new Map();
  let count = 0;
  for (const edge of DATA.edges) {
    if (owned.edges.has(edge.id) || !shownEdge(edge)) continue;
    const from = NODES.get(edge.from), to = NODES.get(edge.to);
    if (!shownNode(from) || !shownNode(to) || !(within(from, view) || within(to, view))) continue;
    const family = FAMILY.get(edge.predicate);
    count += 1;
    if (!paths.has(family)) paths.set(family, new Path2D());
    paths.get(family).moveTo(from.x, from.y);
    paths.get(family).lineTo(to.x, to.y);
  }
  // Many lines over each other would hide the nodes.
  const faint = Math.min(1, Math.sqrt(2500 / Math.max(1, count)));
  pen.lineWidth = 0.7 / scale;
  for (const [family, path] of paths) {
    pen.globalAlpha = (dim ? 0.12 : family === "builds" ? 0.7 : 0.3) * faint;
    pen.strokeStyle = colour(dim ? "faint" : family);
    pen.stroke(path);
  }
  pen.globalAlpha = 1;
}

function drawBackdropNodes(pen, view, scale, dim) {
  const paths = new Map();
  for (const node of DATA.nodes) {
    if (owned.nodes.has(node.id) || !shownNode(node) || !within(node, view)) continue;
    if (!paths.has(node.type)) paths.set(node.type, new Path2D());
    const size = backdropSize(node, scale), path = paths.get(node.type);
    if (size * scale < 2) path.rect(node.x - size, node.y - size, 2 * size, 2 * size);
    else { path.moveTo(node.x + size, node.y); path.arc(node.x, node.y, size, 0, 2 * Math.PI); }
  }
  for (const [type, path] of paths) {
    pen.fillStyle = colour(dim ? "faint" : type);
    pen.fill(path);
  }
}

const backdropSize = (node, scale) => Math.max(1.1 / scale, 0.62 * nodeSize(node));

// The node of the picture at a point of the plane, or null.
function backdropNodeAt(x, y) {
  if (!IS_LARGE || state.lineage) return null;
  const reach = Math.max(6 / state.scale, 14);
  let best = null, nearest = Infinity;
  for (let column = Math.floor((x - reach) / CELL); column <= Math.floor((x + reach) / CELL); column += 1) {
    for (let row = Math.floor((y - reach) / CELL); row <= Math.floor((y + reach) / CELL); row += 1) {
      for (const node of GRID.get(`${column},${row}`) ?? []) {
        const distance = Math.hypot(node.x - x, node.y - y);
        if (distance < nearest && distance <= Math.max(reach, nodeSize(node)) && shownNode(node)) [best, nearest] = [node, distance];
      }
    }
  }
  return best;
}

network.on("beforeDrawing", (pen) => {
  if (picture) pen.drawImage(picture.canvas, picture.view.left, picture.view.top, picture.view.right - picture.view.left, picture.view.bottom - picture.view.top);
});
