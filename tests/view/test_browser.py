"""What people do on the page, in a real browser: paths, sharing a view, the table, and taking the data along."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph as ox
import pytest

from papergraph.model import Graph
from papergraph.store import open_store
from papergraph.view import render_view
from tests.view.test_page import HOSTILE, graph_of, in_browser, needs_browser

pytestmark = [pytest.mark.slow, needs_browser]


@pytest.fixture(scope="module")
def sample(demo_store: Path) -> Graph:
    return open_store(demo_store).read_graph()


def asked(graph: Graph, folder: Path, script: str, **options: str) -> object:
    """Return what `script` returns in the page of `graph`; nothing may run from notes, and no request may leave."""
    find = "const named = (label) => DATA.nodes.find((n) => n.label === label).id;"
    result, hostile, requests = json.loads(in_browser(render_view(graph, **options), folder, find + script))  # type: ignore[arg-type]
    assert (hostile, requests) == (None, 0)
    return result


def test_a_path_is_shown_with_the_evidence_of_each_hop(sample: Graph, tmp_path: Path) -> None:
    script = """
      startPath(named("PyramidKV"));
      select(named("LoRA"), true);
      const hops = state.lineage.edges.size, quotes = panel.querySelectorAll("blockquote").length;
      return [state.lineage.path.map((id) => NODES.get(id).label), hops > 1, quotes >= hops];
    """
    assert asked(sample, tmp_path, script) == [["PyramidKV", "LoRA"], True, True]


def test_without_a_path_the_page_says_so(tmp_path: Path) -> None:
    graph = graph_of(["a", "b"])
    lonely = Graph(graph.entities, (), graph.notes)
    script = 'language = "en"; startPath(named("a")); select(named("b")); return panel.textContent;'
    assert "No path" in str(asked(lonely, tmp_path, script))


def test_a_view_comes_back_from_its_address(sample: Graph, tmp_path: Path) -> None:
    script = """
      document.getElementById("theme").click(); document.getElementById("language").click();
      state.confidence = 0.6; state.hidden.add("Topic"); state.hiddenFamilies.add("compares");
      select(named("Jamba"), true);
      const view = describeView();
      select(null); state.hidden.clear(); state.hiddenFamilies.clear(); state.confidence = 0;
      location.hash = view;
      const back = restoreView();
      const once = describeView() === view;
      showLineage(named("H2O"), "down");
      const lineage = describeView();
      leaveLineage(); select(null);
      location.hash = lineage;
      restoreView();
      const without = new URLSearchParams(view).get("without");
      return [back, once, describeView() === lineage, state.lineage.places.size > 3, without];
    """
    assert asked(sample, tmp_path, script) == [True, True, True, True, "Topic"]


@pytest.mark.parametrize("address", ["n=nothing&of=x&path=a%20b&c=9&without=Nonsense", "%E0%A4%A", "c=abc&theme=<x>"])
def test_an_address_of_nonsense_is_no_obstacle(sample: Graph, tmp_path: Path, address: str) -> None:
    script = f"location.hash = {json.dumps(address)}; restoreView(); return [state.selected, state.hidden.size];"
    assert asked(sample, tmp_path, script) == [None, 0]


def test_the_table_lists_what_is_shown_and_its_names_are_buttons(sample: Graph, tmp_path: Path) -> None:
    script = """
      toggleTable();
      const all = tablePlace.querySelectorAll("tbody tr").length;
      select(named("H2O"));
      const near = tablePlace.querySelectorAll("tbody tr").length;
      tablePlace.querySelector("tbody button").click();
      return [all, near > 3 && near < 60, tablePlace.querySelectorAll("th[scope=col]").length, state.selected !== null];
    """
    assert asked(sample, tmp_path, script) == [400, True, 5, True]


def test_notes_open_where_the_person_says(sample: Graph, tmp_path: Path) -> None:
    script = 'select(named("H2O")); return [...panel.querySelectorAll("cite a")].slice(0, 1).map((a) => a.href);'
    (href,) = asked(sample, tmp_path, script, note_url="vscode://file/notes/{path}:{line}")  # type: ignore[misc]
    assert str(href).startswith("vscode://file/notes/")
    assert str(href).rpartition(":")[2].isdigit()
    evil = 'select(named("H2O")); return panel.querySelectorAll("cite a").length;'
    assert asked(sample, tmp_path, evil, note_url="javascript:alert({line})") == 0


@pytest.mark.parametrize("names", [["H2O", "SnapKV", "重击者"], HOSTILE], ids=["plain", "hostile"])
def test_what_is_seen_can_be_taken_along(tmp_path: Path, names: list[str]) -> None:
    graph = graph_of(names)
    turtle, graphml, table, svg = asked(graph, tmp_path, "return [toTurtle(), toGraphml(), toCsv(), toSvg()];")  # type: ignore[misc]
    triples = list(ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE))
    labels = {q.object.value for q in triples if q.predicate.value.endswith("#label")}
    assert labels == set(names)
    read = nx.read_graphml(io.BytesIO(graphml.encode()))
    assert (len(read), read.number_of_edges()) == (len(names), len(names) - 1)
    assert len(list(csv.reader(io.StringIO(table)))) == len(names)
    assert not any(cell.startswith(("=", "+", "@")) for row in csv.reader(io.StringIO(table)) for cell in row)
    assert len(ET.fromstring(svg).findall(".//{http://www.w3.org/2000/svg}circle")) == len(names)  # noqa: S314  made here


def test_a_picture_can_be_taken_along(sample: Graph, tmp_path: Path) -> None:
    script = 'toPng(() => null); return document.querySelector("#graph canvas").width > 100;'
    assert asked(sample, tmp_path, script) is True
