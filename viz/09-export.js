// What is seen, for other programs: pictures, and the relations as Turtle, GraphML and CSV.
function download(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = make("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const escapeXml = (text) => String(text).replace(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd]/g, "\ufffd").replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
const escapeCsv = (text) => (/[",\r\n]/.test(text) || /^[=+\-@\t\r]/.test(text) ? `"${(/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replace(/"/g, '""')}"` : text);
const escapeTurtle = (text) => JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
const ONTOLOGY = "https://w3id.org/papergraph/ontology#";
const SKOS = "http://www.w3.org/2004/02/skos/core#";
const propertyOf = (predicate) => `<${predicate === "broader" ? SKOS : ONTOLOGY}${predicate}>`;

// Nodes and edges that are shown; with a selection, those around it.
function seenPart() {
  const edges = shownEdges().filter((edge) => !edge.negative);
  const ids = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  if (state.selected !== null) ids.add(state.selected);
  else if (state.alone) for (const node of DATA.nodes) if (shownNode(node)) ids.add(node.id);
  return { edges, nodes: [...ids].sort((a, b) => a - b).map((id) => NODES.get(id)) };
}

function toTurtle() {
  const { nodes, edges } = seenPart();
  const lines = nodes.map((node) => `<${node.iri}> a <${ONTOLOGY}${node.type}> ; <http://www.w3.org/2000/01/rdf-schema#label> ${escapeTurtle(node.label)} .`);
  return [...lines, ...edges.map((edge) => `<${NODES.get(edge.from).iri}> ${propertyOf(edge.predicate)} <${NODES.get(edge.to).iri}> .`), ""].join("\n");
}

function toCsv() {
  const rows = seenPart().edges.map((edge) => {
    const [from, to] = [NODES.get(edge.from), NODES.get(edge.to)], [place, sentence] = edge.evidence[0] ?? ["", ""];
    return [from.label, from.iri, edge.predicate, to.label, to.iri, edge.confidence.toFixed(2), place, sentence].map(escapeCsv).join(",");
  });
  return ["subject,subject_iri,predicate,object,object_iri,confidence,place,sentence", ...rows, ""].join("\r\n");
}

function toGraphml() {
  const { nodes, edges } = seenPart();
  const key = (id, what) => `<key id="${id}" for="${what}" attr.name="${id}" attr.type="string"/>`;
  const data = (id, text) => `<data key="${id}">${escapeXml(text)}</data>`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', key("label", "node"), key("type", "node"), key("predicate", "edge"), key("confidence", "edge"), '<graph edgedefault="directed">',
    ...nodes.map((node) => `<node id="${escapeXml(node.iri)}">${data("label", node.label)}${data("type", node.type)}</node>`),
    ...edges.map((edge) => `<edge source="${escapeXml(NODES.get(edge.from).iri)}" target="${escapeXml(NODES.get(edge.to).iri)}">${data("predicate", edge.predicate)}${data("confidence", edge.confidence.toFixed(2))}</edge>`),
    "</graph>", "</graphml>", ""].join("\n");
}

// A drawing of its own, without the engine: what is shown, where it stands, labels where the page has them.
function toSvg() {
  const nodes = DATA.nodes.filter(shownNode), edges = DATA.edges.filter((edge) => shownEdge(edge) && shownNode(NODES.get(edge.from)) && shownNode(NODES.get(edge.to)));
  const xs = nodes.map((node) => placeOf(node).x), ys = nodes.map((node) => placeOf(node).y);
  const bound = (values, choose, start) => values.reduce((a, b) => choose(a, b), start);
  const left = bound(xs, Math.min, Infinity) - 80, top = bound(ys, Math.min, Infinity) - 60;
  const width = bound(xs, Math.max, -Infinity) - left + 80, height = bound(ys, Math.max, -Infinity) - top + 60;
  const line = (edge) => {
    const from = placeOf(NODES.get(edge.from)), to = placeOf(NODES.get(edge.to)), family = FAMILY.get(edge.predicate);
    return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke="${colour(family)}" stroke-width="${family === "builds" ? 2 : 1}" stroke-opacity="0.6"${edge.negative ? ' stroke-dasharray="5 4"' : ""}/>`;
  };
  const dot = (node) => {
    const { x, y } = placeOf(node), size = nodeSize(node);
    const text = state.labels.has(node.id) || nodes.length < 60 ? `<text x="${x}" y="${y + size + 13}" text-anchor="middle" font-size="13" fill="${colour("ink")}" stroke="${colour("paper")}" stroke-width="3" paint-order="stroke">${escapeXml(shortLabel(node.label))}</text>` : "";
    return `<circle cx="${x}" cy="${y}" r="${size.toFixed(1)}" fill="${colour(node.type)}"><title>${escapeXml(node.label)}</title></circle>${text}`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" font-family="system-ui, 'Noto Sans CJK SC', sans-serif"><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colour("paper")}"/>${edges.map(line).join("")}${nodes.map(dot).join("")}</svg>\n`;
}

// The canvas as it is, on the page's background.
function toPng(done) {
  const source = document.querySelector("#graph canvas"), copy = document.createElement("canvas");
  [copy.width, copy.height] = [source.width, source.height];
  const pen = copy.getContext("2d");
  pen.fillStyle = colour("paper");
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(source, 0, 0);
  copy.toBlob(done, "image/png");
}

const EXPORTS = {
  PNG: () => toPng((blob) => download("graph.png", "image/png", blob)),
  SVG: () => download("graph.svg", "image/svg+xml", toSvg()),
  Turtle: () => download("graph.ttl", "text/turtle", toTurtle()),
  GraphML: () => download("graph.graphml", "application/xml", toGraphml()),
  CSV: () => download("graph.csv", "text/csv", `\ufeff${toCsv()}`),
};
const exportChoice = document.getElementById("export");
for (const name of Object.keys(EXPORTS)) exportChoice.append(make("option", { value: name }, name));
exportChoice.addEventListener("change", () => { EXPORTS[exportChoice.value]?.(); exportChoice.value = ""; });
