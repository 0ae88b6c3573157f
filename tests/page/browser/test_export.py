"""What is seen can be taken along, and printed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph as ox
import pytest

from papergraph.page import render_view
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader
from tests.page.graphs import HOSTILE, graph_of

pytestmark = pytest.mark.slow


def taken(reader: Reader, form: str) -> bytes:
    """Choose a format in the menu and return the file."""
    with reader.opened.download() as download:
        reader.page.select_option("#export", form)
    return download.path.read_bytes()


def test_the_lineage_that_is_seen_is_taken_as_turtle_graphml_and_csv(demo: Opened) -> None:
    reader = Reader(demo)
    reader.look_up("H2O")
    reader.page.keyboard.press("l")
    lines, things = reader.lines(), len(reader.drawn())
    store = ox.Store()
    store.load(taken(reader, "Turtle"), ox.RdfFormat.TURTLE)
    ontology = "https://w3id.org/papergraph/ontology#"
    asked = f"SELECT * {{ ?s ?p ?o FILTER(STRSTARTS(STR(?p), '{ontology}')) }}"
    assert len(list(store.query(asked))) == lines  # type: ignore[arg-type]
    graph = nx.parse_graphml(taken(reader, "GraphML").decode())
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (things, lines)
    rows = list(csv.DictReader(io.StringIO(taken(reader, "CSV").decode("utf-8-sig"))))
    assert len(rows) == lines
    assert all(row["sentence"] and ".md:" in row["place"] for row in rows)


def test_pictures_are_taken_as_png_and_svg(demo: Opened) -> None:
    reader = Reader(demo)
    assert taken(reader, "PNG").startswith(b"\x89PNG")
    svg = ET.fromstring(taken(reader, "SVG"))  # noqa: S314  our own
    texts = {element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert "H2O" in texts
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}path"))) > 500


def test_hostile_names_stay_text_in_every_export(open_page: Callable[..., Opened]) -> None:
    reader = Reader(open_page(render_view(graph_of(HOSTILE))))
    ET.fromstring(taken(reader, "SVG"))  # noqa: S314
    nx.parse_graphml(taken(reader, "GraphML").decode())
    ox.Store().load(taken(reader, "Turtle"), ox.RdfFormat.TURTLE)
    cells = [cell for row in csv.reader(io.StringIO(taken(reader, "CSV").decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_print_shows_the_picture_and_the_panel_without_controls(demo: Opened) -> None:
    reader = Reader(demo)
    reader.look_up("H2O")
    reader.panel()
    demo.emulate(print_media=True)
    assert reader.page.is_hidden("header")
    assert reader.page.is_hidden("#zoom")
    assert reader.page.is_visible("#panel h2")
    assert reader.page.is_visible("#graph canvas")
