"""The timeline: every line ends at a mark or says where it goes, and nothing covers a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from papergraph.model import Graph
from papergraph.page import render_view
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader
from tests.page.graphs import graph_of

pytestmark = pytest.mark.slow

#: Names of works in view whose marks have another colour than their type: nothing is drawn there.
_WITHOUT_MARKS = """(() => {
  const { graph, stage } = papergraph, { scene } = stage, canvas = document.querySelector("#graph canvas");
  const dot = canvas.width / canvas.clientWidth, pen = canvas.getContext("2d");
  const types = ["Paper", "Method", "Model", "Institution", "Hardware", "Dataset", "Topic", "Person"];
  const box = canvas.getBoundingClientRect(), near = (a, b) => a.every((v, n) => Math.abs(v - b[n]) < 40);
  const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return graph.label.filter((_, n) => {
    const place = papergraph.locate(n);
    if (!place || types[graph.type[n]] === "Model") return false;  // a ring
    const [x, y] = [place.x - box.left, place.y - box.top];
    if (x < 5 || y < 50 || x > box.width - 5 || y > box.height - 60) return false;
    const found = [...pen.getImageData(x * dot, y * dot, 1, 1).data].slice(0, 3);
    return !near(found, rgb(scene.palette[types[graph.type[n]]]));
  });
})()"""
#: Texts on the canvas that one of the boxes above it covers.
_COVERED = """(() => {
  const { left, top } = document.querySelector("#graph").getBoundingClientRect();
  const boxes = ["zoom", "legend"].map((id) => document.getElementById(id).getBoundingClientRect());
  const over = (w, b) => w.left + left < b.right && w.left + w.width + left > b.left
    && w.top + top < b.bottom && w.top + w.height + top > b.top;
  return papergraph.stage.writings().filter((w) => boxes.some((b) => over(w, b))).map((w) => w.text);
})()"""


def crowded() -> Graph:
    """Return a graph with 700 works of two years, so that most of them have no name on the timeline."""
    graph = graph_of([f"work {n}" for n in range(700)])
    years = ["2022" if n % 7 == 0 else "2024" for n in range(700)]
    dated = zip(graph.entities, years, strict=True)
    return replace(graph, entities=tuple(replace(e, attributes=(("year", year),)) for e, year in dated))


def test_every_work_has_a_mark(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#tab-timeline")
    reader.rest()
    assert reader.page.evaluate(_WITHOUT_MARKS) == []


def test_works_beyond_those_with_names_have_marks(open_page: Callable[..., Opened]) -> None:
    reader = Reader(open_page(render_view(crowded()), hash="show=timeline"))
    reader.rest()
    assert reader.page.evaluate("papergraph.stage.scene.arrangement.count") == 700
    assert reader.page.evaluate(_WITHOUT_MARKS) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_nothing_covers_a_year_or_a_name(
    sample: Graph, open_page: Callable[..., Opened], width: int, height: int
) -> None:
    reader = Reader(open_page(render_view(sample), width=width, height=height, hash="show=timeline"))
    reader.rest()
    written = reader.page.evaluate("papergraph.stage.writings().map((w) => w.text)")
    assert "2025" in written
    assert reader.page.evaluate(_COVERED) == []


def test_a_line_that_leaves_the_view_says_where_it_goes(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.click("#tab-timeline")
    reader.rest()
    script = "papergraph.stage.writings().filter((w) => /^[←→↑↓] ./.test(w.text))"
    leaving = reader.page.evaluate(f"{script}.map((w) => [w.node, w.left + w.width / 2, w.top + w.height / 2])")
    assert leaving
    node, x, y = leaving[0]
    place = reader.page.evaluate(f"papergraph.locate({node})")
    assert not (0 < place["x"] < 1280 and 48 < place["y"] < 800)
    top = reader.page.evaluate("document.querySelector('#graph').getBoundingClientRect().top")
    reader.page.mouse.click(x, y + top)
    reader.until(f"papergraph.view().selected === {node}")
    reader.until(f"(({{ x, y }}) => x > 0 && x < innerWidth && y > 40 && y < innerHeight)(papergraph.locate({node}))")
