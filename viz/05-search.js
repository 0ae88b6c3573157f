// Search over names and aliases, Latin and Chinese, folded as papergraph folds names.
const foldName = (text) => text.normalize("NFKC").toLowerCase().replace(/×/g, "x").replace(/[\s\-‐-―_·•/\\.,:;'"“”‘’()[\]【】「」《》<>|`~$^]+/g, "");
const INDEX = DATA.nodes.map((node) => ({ node, keys: [node.label, ...node.aliases].map(foldName) }));
const searchBox = document.getElementById("search"), hitList = document.getElementById("hits");
let hits = [], chosenHit = 0;

function find(text) {
  const key = foldName(text);
  if (!key) return [];
  const rank = ({ keys }) => Math.min(...keys.map((name) => name === key ? 0 : name.startsWith(key) ? 1 : name.includes(key) ? 2 : 9));
  return INDEX.map((entry) => [rank(entry), entry.node]).filter(([r]) => r < 9)
    .sort((a, b) => a[0] - b[0] || (a[1].type === "Paper") - (b[1].type === "Paper") || b[1].degree - a[1].degree).slice(0, 12).map(([, node]) => node);
}

function showHits() {
  hits = find(searchBox.value);
  chosenHit = 0;
  const none = searchBox.value.trim() && !hits.length;
  hitList.replaceChildren(...hits.map((node, number) => make("li", { role: "option", id: `hit-${number}`, "aria-selected": String(number === 0), onmousedown: () => choose(number) },
    make("span", { class: "dot", colour: colour(node.type) }), node.label, make("span", { class: "kind" }, say(node.type)))), ...(none ? [make("li", {}, say("none"))] : []));
  hitList.hidden = !hits.length && !none;
  searchBox.parentElement.setAttribute("aria-expanded", String(!hitList.hidden));
}

function moveChoice(step) {
  if (!hits.length) return;
  chosenHit = (chosenHit + step + hits.length) % hits.length;
  [...hitList.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === chosenHit)));
  hitList.children[chosenHit].scrollIntoView({ block: "nearest" });
  searchBox.setAttribute("aria-activedescendant", `hit-${chosenHit}`);
}

function choose(number) {
  if (!hits[number]) return;
  const node = hits[number];
  state.hidden.delete(node.type);
  hitList.hidden = true;
  searchBox.value = "";
  searchBox.blur();
  drawLegend();
  if (state.pathFrom !== null) { showPath(state.pathFrom, node.id); return; }
  if (state.lineage) leaveLineage();
  select(node.id, true);
}

searchBox.addEventListener("input", showHits);
searchBox.addEventListener("blur", () => setTimeout(() => { hitList.hidden = true; }, 150));
searchBox.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); moveChoice(event.key === "ArrowDown" ? 1 : -1); }
  else if (event.key === "Enter") choose(chosenHit);
  else if (event.key === "Escape") { searchBox.value = ""; showHits(); searchBox.blur(); event.stopPropagation(); }
});
