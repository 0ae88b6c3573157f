"""The interactive page: what it holds, that it sends nothing, that it runs nothing from notes."""

from __future__ import annotations

import html.parser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from papergraph.model import Entity, Evidence, Graph, NoteRecord, Place, Relation
from papergraph.store import open_store
from papergraph.view import render_view
from papergraph.view.layout import place_nodes
from papergraph.view.payload import make_payload
from papergraph.view.selection import neighbourhood

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
HOSTILE = [
    "</script><script>window.PWNED=1</script>",
    "<img src=x onerror=window.PWNED=1>",
    "href <a href='javascript:window.PWNED=1'>x</a>",
    "__proto__",
    "{{ 7*7 }}{% for x in y %}",
    "a\u2028b\u2029c",
    "\"'`<!--",
    "constructor",
]


def graph_of(names: list[str]) -> Graph:
    """Return a graph whose every text is one of `names`."""
    note = NoteRecord("https://x.org/note/a.md", "a.md", "0")
    entities = tuple(
        Entity(
            f"https://x.org/m/{n}",
            "Method",
            name,
            (name + "!",),
            (name,),
            (("venue", name),),
            (Place("a.md", 1, 0, 1, name),),
        )
        for n, name in enumerate(names)
    )
    relations = tuple(
        Relation(
            f"https://x.org/st/{n}",
            entities[n].iri,
            "improvesOn",
            entities[n - 1].iri,
            0.9,
            evidence=(Evidence(f"https://x.org/ev/{n}", "a.md", n, 0, 1, name, "x", "prose", 0.9),),
        )
        for n, name in enumerate(names)
        if n
    )
    return Graph(entities, relations, (note,))


@pytest.fixture(scope="module")
def sample(demo_store: Path) -> Graph:
    return open_store(demo_store).read_graph()


class Tags(html.parser.HTMLParser):
    """Collects the addresses that a page loads or links to."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.addresses += [v for k, v in attrs if k in {"src", "href", "action", "data"} and v]


def test_the_page_links_to_nothing_and_has_a_policy(sample: Graph) -> None:
    page = render_view(sample)
    tags = Tags()
    tags.feed(page)
    assert tags.addresses == []
    assert "default-src 'none'" in html.unescape(page)
    assert page.startswith("<!doctype html>")
    assert page.count("<h1") == 1


def test_the_same_graph_gives_the_same_page(sample: Graph) -> None:
    assert render_view(sample) == render_view(sample)


def test_hostile_text_adds_no_tag() -> None:
    harmless, hostile = Tags(), Tags()
    harmless.feed(render_view(graph_of(["a", "b"]), title="t"))
    hostile.feed(render_view(graph_of(HOSTILE), title=HOSTILE[0]))
    assert hostile.scripts == harmless.scripts


def test_the_payload_holds_names_relations_and_evidence(sample: Graph) -> None:
    payload = make_payload(sample)
    labels = {n["label"]: n for n in payload["nodes"]}
    assert labels["H2O"]["type"] == "Method"
    edge = next(e for e in payload["edges"] if e["to"] == labels["H2O"]["id"] and e["predicate"] == "improvesOn")
    assert re.match(r"[\w-]+\.md:\d+$", edge["evidence"][0][0])
    assert json.dumps(payload)


def test_focus_keeps_a_neighbourhood(sample: Graph) -> None:
    h2o = next(e.iri for e in sample.entities if e.label == "H2O")
    near, far = neighbourhood(sample, h2o, 1), neighbourhood(sample, h2o, 3)
    assert h2o in {e.iri for e in near.entities}
    assert len(near.entities) < len(far.entities) <= len(sample.entities)
    assert "H2O" in render_view(sample, focus=h2o, hops=1)


def test_no_two_nodes_stand_in_one_place(sample: Graph) -> None:
    places = [(n["x"], n["y"]) for n in make_payload(sample)["nodes"]]
    assert len(set(places)) == len(places)
    assert place_nodes(0, []) == ()
    assert len(place_nodes(3, [])) == 3


@pytest.mark.parametrize("kind", ["star", "chain", "dense"])
def test_large_communities_are_laid_out_in_parts(kind: str) -> None:
    ends = {
        "star": [(0, n) for n in range(1, 1300)],
        "chain": [(n, n + 1) for n in range(1300)],
        "dense": [(a, b) for a in range(600) for b in range(a + 1, min(a + 9, 600))],
    }[kind]
    count = max(max(pair) for pair in ends) + 1
    places = place_nodes(count, [(a, b, 1.0) for a, b in ends])
    assert len(places) == count
    assert len(set(places)) > 0.98 * count


def test_an_empty_graph_has_a_page() -> None:
    assert "<!doctype html>" in render_view(Graph())


def in_browser(page: str, folder: Path, script: str) -> str:
    """Open the page in headless Chromium, run `script` after it and return the text that it puts into #result."""
    # The policy of the page forbids other scripts, so the test weakens it in a copy of its own.
    page = re.sub(r"script-src [^;]+;", "script-src 'unsafe-inline';", page)
    inside, end, rest = page.rpartition("})();")
    page = f"{inside}window.PROBE = () => {{ {script} }};{end}{rest}"
    probe = """<script>addEventListener('load', () => setTimeout(() => {
      let result;
      try { result = window.PROBE(); } catch (error) { result = 'error ' + error; }
      const element = document.createElement('pre');
      element.id = 'result';
      const requests = performance.getEntriesByType('resource').length;
      element.textContent = JSON.stringify([result, window.PWNED ?? null, requests]);
      document.body.append(element);
    }, 300));</script></body>"""
    (folder / "page.html").write_text(page.replace("</body>", probe), encoding="utf-8")
    command = [
        CHROMIUM or "",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=8000",
        "--dump-dom",
    ]
    command += ["--host-resolver-rules=MAP * ~NOTFOUND", (folder / "page.html").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    match = re.search(r'<pre id="result">(.*?)</pre>', done.stdout, re.DOTALL)
    return html.unescape(match[1]) if match else f"no result: {done.stderr[-400:]}"


needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, which is not installed here")


@pytest.mark.slow
@needs_browser
def test_the_page_works_in_a_browser(sample: Graph, tmp_path: Path) -> None:
    script = """
      const h2o = DATA.nodes.find((n) => n.label === "H2O");
      select(h2o.id, true);
      const shown = document.getElementById("panel").textContent;
      showLineage(h2o.id, "down");
      const lineage = state.lineage.places.size;
      leaveLineage();
      searchBox.value = "heavy hitter"; showHits();
      const hit = hits[0].label;
      document.getElementById("language").click();
      document.getElementById("theme").click();
      drawLegend();
      const rows = document.querySelectorAll("#legend button").length > 8;
      return [document.documentElement.dataset.ready, shown.includes("Keyformer"), lineage > 3, hit, rows];
    """
    result = in_browser(render_view(sample), tmp_path, script)
    assert json.loads(result) == [["true", True, True, "H2O", True], None, 0]


@pytest.mark.slow
@needs_browser
def test_of_a_large_graph_the_engine_holds_what_matters_and_the_picture_the_rest(tmp_path: Path) -> None:
    page = render_view(graph_of([f"method {n}" for n in range(6000)]))
    assert 'data-packed="gzip"' in page
    script = """
      const few = nodeSet.length;
      const { canvas } = picture, dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      const drawn = dots.some((value) => value);
      const behind = DATA.nodes.find((n) => !owned.nodes.has(n.id) && backdropNodeAt(n.x, n.y));
      select(backdropNodeAt(behind.x, behind.y).id, true);
      const held = owned.nodes.has(state.selected) && nodeSet.get(state.selected) !== null;
      searchBox.value = "method 4321"; showHits(); choose(0);
      const found = NODES.get(state.selected).label;
      return [DATA.nodes.length, few > 50 && few < 500, drawn, held, found, edgeSet.length < 1000];
    """
    result = in_browser(page, tmp_path, script)
    assert json.loads(result) == [[6000, True, True, True, "method 4321", True], None, 0]


@pytest.mark.slow
@needs_browser
def test_hostile_text_stays_text_in_a_browser(tmp_path: Path) -> None:
    script = """
      for (const node of DATA.nodes) {
        select(node.id, true);
        showLineage(node.id, "up");
        if (state.lineage) leaveLineage();
      }
      for (const edge of DATA.edges) showEdge(edge);
      searchBox.value = "<img"; showHits();
      return document.querySelectorAll("#panel img, #panel script, #hits img").length;
    """
    result = in_browser(render_view(graph_of(HOSTILE), title=HOSTILE[1]), tmp_path, script)
    assert json.loads(result) == [0, None, 0]


@pytest.mark.slow
@needs_browser
def test_naughty_strings_stay_text_in_a_browser(shared: Path, tmp_path: Path) -> None:
    strings = json.loads((shared / "suites" / "blns" / "blns.json").read_text(encoding="utf-8"))
    names = [s for s in dict.fromkeys(strings) if s.strip()]
    result = in_browser(render_view(graph_of(names)), tmp_path, "return DATA.nodes.length;")
    assert json.loads(result) == [len(names), None, 0]


@pytest.mark.slow
@needs_browser
def test_the_policy_lets_the_page_run_and_nothing_else(sample: Graph, tmp_path: Path) -> None:
    evil = "<script>document.documentElement.dataset.evil = 'yes'</script></body>"
    (tmp_path / "page.html").write_text(render_view(sample).replace("</body>", evil), encoding="utf-8")
    command = [
        CHROMIUM or "",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=8000",
        "--dump-dom",
    ]
    done = subprocess.run(
        [*command, (tmp_path / "page.html").as_uri()], capture_output=True, text=True, timeout=90, check=False
    )
    assert 'data-ready="true"' in done.stdout
    assert "data-evil" not in done.stdout
