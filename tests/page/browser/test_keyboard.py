"""All of the page without a pointer, and for people who hear it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from papergraph.model import Graph
from papergraph.page import render_view
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader

pytestmark = pytest.mark.slow


def test_arrow_keys_walk_the_graph_and_say_where_one_is(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.focus("#graph")
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        reader.page.keyboard.press(key)
        seen.append(reader.page.evaluate("papergraph.graph.label[papergraph.view().selected]"))
    assert len(set(seen)) >= 3
    assert reader.page.inner_text("#announcer").startswith(f"{seen[-1]}, ")
    reader.page.keyboard.press("Enter")
    reader.until("document.activeElement.id === 'panel'")


def test_tab_reaches_everything_in_the_order_of_reading(demo: Opened) -> None:
    reader = Reader(demo)
    order = []
    for _ in range(28):
        reader.page.keyboard.press("Tab")
        order.append(reader.page.evaluate("document.activeElement.id || document.activeElement.dataset.key || ''"))
    known = ["skip", "search", "tab-map", "export", "graph", "Paper"]
    places = [order.index(name) for name in known]
    assert places == sorted(places)


def test_the_first_stop_leads_to_the_table(demo: Opened) -> None:
    reader = Reader(demo)
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("#sheet table")
    assert reader.view()["show"] == "table"


def test_keys_open_views_and_help(demo: Opened) -> None:
    reader = Reader(demo)
    reader.look_up("H2O")
    reader.page.focus("#graph")
    for key, show in (("2", "focus"), ("l", "lineage"), ("t", "table"), ("t", "map")):
        reader.page.keyboard.press(key)
        assert reader.view()["show"] == show
    reader.page.keyboard.press("?")
    assert reader.page.is_visible("#help-dialog")
    reader.page.keyboard.press("Escape")
    assert reader.page.is_hidden("#help-dialog")
    assert reader.view()["show"] == "map"


def test_zooming_and_showing_all(demo: Opened) -> None:
    reader = Reader(demo)
    scale = "papergraph.stage.engine.camera().scale"
    first = reader.page.evaluate(scale)
    reader.page.focus("#graph")
    reader.page.keyboard.press("+")
    assert reader.page.evaluate(scale) > first * 1.2
    reader.page.keyboard.press("0")
    assert abs(reader.page.evaluate(scale) - first) < 0.01 * first


@pytest.mark.parametrize("show", ["map", "focus", "lineage", "path", "timeline", "matrix", "compare", "table"])
def test_axe_finds_no_barrier(
    sample: Graph, open_page: Callable[..., Opened], axe: Callable[[Opened], list[str]], show: str
) -> None:
    hashes = {
        "focus": "show=focus&of=model:jamba&n=model:jamba",
        "lineage": "show=lineage&of=method:h2o&n=method:h2o",
        "path": "show=path&path=method:keyformer+method:h2o",
        "compare": "show=compare&compare=method:h2o+method:snapkv",
    }
    opened = open_page(render_view(sample), hash=hashes.get(show, f"show={show}"))
    reader = Reader(opened)
    for dark in (False, True):
        opened.emulate(dark=dark)
        reader.until(f"(document.documentElement.dataset.theme === 'dark') === {str(dark).lower()}")
        reader.rest()
        assert (dark, axe(opened)) == (dark, [])
