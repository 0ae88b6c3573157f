"""What notebooks show: the page in a frame of its own, and answers as tables."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.ask.answer import Answer
from papergraph.errors import UnknownNameError
from papergraph.report import answer_table


@pytest.fixture(scope="module")
def graph(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> pg.KnowledgeGraph:
    return pg.open_graph(shutil.copytree(demo_store, tmp_path_factory.mktemp("notebook") / "store"))


def test_a_graph_shows_itself_in_a_frame_that_may_do_nothing_else(graph: pg.KnowledgeGraph) -> None:
    shown = graph._repr_html_()
    found = re.fullmatch(r'<iframe srcdoc="([^"]*)" sandbox="([^"]*)".*></iframe>', shown, re.DOTALL)
    assert found
    assert html.unescape(found[1]) == graph.page().html
    assert "allow-same-origin" not in found[2]


@pytest.mark.slow
def test_a_page_can_be_about_something(graph: pg.KnowledgeGraph) -> None:
    whole, near, lineage = graph.page(), graph.page(focus="Jamba", hops=1), graph.page(lineage="H2O")
    assert len(near.graph.entities) < len(lineage.graph.entities) < len(whole.graph.entities)
    assert "Keyformer" in {e.label for e in lineage.graph.entities}
    with pytest.raises(UnknownNameError):
        graph.page(focus="no such thing")


def test_answers_are_tables_in_which_everything_is_text(graph: pg.KnowledgeGraph) -> None:
    answer = graph.query("SELECT ?m ?label { ?m pg:improvesOn method:h2o ; rdfs:label ?label } ORDER BY ?label")
    table = answer._repr_html_()
    assert table.startswith("<table>")
    assert "<td style='text-align: left; vertical-align: top'>Keyformer</td>" in table
    assert "method:keyformer" in table
    hostile = graph.query('SELECT ("<img src=x onerror=alert(1)>" AS ?x) {}')._repr_html_()
    assert "<img" not in hostile
    assert graph.query("ASK {}")._repr_html_() == "<p>yes</p>"


def test_long_answers_say_that_not_all_is_shown() -> None:
    many = Answer("select", ("x",), tuple((None,) for _ in range(900)))
    table = answer_table(many)
    assert table.count("<tr>") == 501
    assert "900 rows, the first 500 shown" in table


def test_a_profile_is_a_table_with_its_evidence(graph: pg.KnowledgeGraph) -> None:
    table = graph.show("H2O")._repr_html_()
    assert "improved by" in table
    assert re.search(r"<small>[\w-]+\.md:\d+</small>", table)


def test_the_graph_goes_on_as_a_pyvis_network(graph: pg.KnowledgeGraph) -> None:
    network = graph.to_pyvis()
    assert len(network.nodes) == len(graph.to_graph().entities)
    assert {"x", "y", "label"} <= network.nodes[0].keys()
    assert network.get_node(3)["id"] == 3
    assert "vis.Network" in network.generate_html()
