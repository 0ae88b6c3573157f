// The side panel: what the graph says of one node or one edge, always with its evidence.
const panel = document.getElementById("panel");

function showPanel(...children) {
  panel.replaceChildren(make("button", { class: "close", type: "button", "aria-label": say("close"), onclick: () => select(null) }, "×"), ...children.filter((child) => child !== null));
  panel.hidden = false;
  panel.scrollTop = 0;
}

const kindOf = (node) => make("span", { class: "kind" }, make("span", { class: "dot", colour: colour(node.type) }), say(node.type));

// Only web addresses become links; anything else stays text.
function linkTo(text, address) {
  return /^https?:\/\//i.test(address) ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text) : document.createTextNode(text);
}

// The person who made the page says how a note opens; see `papergraph view --note-url`.
function citation(place) {
  const [, note, line] = /^(.*):(\d+)$/.exec(place) ?? [];
  if (!DATA.noteUrl || note === undefined) return document.createTextNode(place);
  const address = DATA.noteUrl.replaceAll("{path}", note.split("/").map(encodeURIComponent).join("/")).replaceAll("{line}", line);
  return /^javascript:|^data:/i.test(address) ? document.createTextNode(place) : make("a", { href: address, rel: "noopener noreferrer" }, place);
}

function quote([place, sentence]) {
  return make("blockquote", {}, sentence, make("cite", {}, citation(place)));
}

function evidenceOf(edge) {
  const quotes = edge.evidence.map(quote);
  return edge.more ? [...quotes, make("p", { class: "also" }, `+${edge.more} ${say("more")}`)] : quotes;
}

function relationRow(edge, other) {
  const name = make("button", { class: "to", type: "button", onclick: (event) => { event.preventDefault(); select(other.id, true); } }, other.label);
  return make("details", {},
    make("summary", {}, edge.negative ? `${say("not")} ` : null, name, make("span", { class: "score" }, edge.confidence.toFixed(2))), ...evidenceOf(edge));
}

function relationGroups(node) {
  const groups = new Map();
  for (const edge of AROUND.get(node.id)) {
    if (edge.confidence < state.confidence) continue;
    const key = `${edge.from === node.id ? "" : "of "}${edge.predicate}`;
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  const order = Object.values(FAMILIES).flat().flatMap((name) => [name, `of ${name}`]);
  return [...groups].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0])).flatMap(([key, edges]) => {
    const incoming = key.startsWith("of "), predicate = incoming ? key.slice(3) : key;
    const title = make("h3", {}, make("span", { class: "dash", colour: colour(FAMILY.get(predicate)) }), incoming ? `${say("of")} ${say(predicate)}` : say(predicate));
    edges.sort((a, b) => b.confidence - a.confidence || a.id - b.id);
    return [title, ...edges.map((edge) => relationRow(edge, NODES.get(incoming ? edge.from : edge.to)))];
  });
}

function showNode(node) {
  const values = make("dl");
  for (const [key, value] of node.values) values.append(make("dt", {}, say(key)), make("dd", {}, linkTo(value, value)));
  for (const [text, address] of node.links) values.append(make("dt", {}, say("see")), make("dd", {}, linkTo(text, address)));
  values.append(make("dt", {}, say("notes")), make("dd", {}, node.notes.join(", ")));
  const actions = make("div", { class: "actions" });
  if (["Method", "Model", "Paper", "Dataset"].includes(node.type)) {
    actions.append(make("button", { type: "button", onclick: () => showLineage(node.id, "down") }, say("downstream")),
      make("button", { type: "button", onclick: () => showLineage(node.id, "up") }, say("upstream")));
  }
  actions.append(make("button", { type: "button", onclick: () => lookAt(node.id) }, say("around")),
    make("button", { type: "button", onclick: () => startPath(node.id) }, say("path")));
  showPanel(make("h2", {}, node.label), kindOf(node), node.aliases.length ? make("p", { class: "also" }, `${say("also")}: ${node.aliases.join(" · ")}`) : null,
    values, actions, ...relationGroups(node));
}

function showEdge(edge) {
  const from = NODES.get(edge.from), to = NODES.get(edge.to);
  const end = (node) => make("p", {}, make("button", { class: "to", type: "button", onclick: () => select(node.id, true) }, node.label), " ", kindOf(node));
  showPanel(end(from), make("h2", {}, `${edge.negative ? say("not") + " " : ""}${say(edge.predicate)}`), end(to),
    make("p", { class: "also" }, `${say("confidence").replace("≥", "")} ${edge.confidence.toFixed(2)}`), ...evidenceOf(edge));
}
