"""Large graphs: the engine holds what matters in the view, a picture shows the rest, and all of it can be reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from papergraph.page import make_page
from papergraph.page import page as page_module
from tests.page.browser.conftest import Opened
from tests.page.browser.pages import Reader
from tests.page.graphs import graph_of

pytestmark = pytest.mark.slow


def test_of_a_large_graph_the_engine_holds_what_matters(open_page: Callable[..., Opened]) -> None:
    page = make_page(graph_of([f"method {n}" for n in range(6000)])).html
    assert 'data-packed="gzip"' in page
    reader = Reader(open_page(page))
    owned = reader.page.evaluate("papergraph.stage.engine.owned().size")
    assert 50 < owned <= 260
    behind = reader.page.evaluate(
        "papergraph.graph.label.findIndex((_, n) => { const p = papergraph.locate(n);"
        " return !papergraph.stage.engine.owned().has(n) && p.x > 300 && p.x < 900 && p.y > 200 && p.y < 700; })"
    )
    place = reader.page.evaluate(f"papergraph.locate({behind})")
    reader.page.mouse.click(place["x"], place["y"])
    reader.until("papergraph.view().selected !== null")
    reader.look_up("method 4321")
    assert "method 4321" in reader.panel()
    reader.rest()
    assert reader.page.evaluate(f"papergraph.stage.engine.owned().has({reader.node('method 4321')})")
    assert reader.page.is_disabled("#legend [data-key=loose]")


def test_a_page_says_what_it_leaves_out(open_page: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MOST_ENTITIES", 40)
    reader = Reader(open_page(make_page(graph_of([f"method {n}" for n in range(60)])).html))
    assert "The 20 entities with the fewest links" in reader.page.inner_text("#status")
    assert reader.page.evaluate("papergraph.graph.size") == 40


@pytest.mark.parametrize("count", [0, 1, 2, 20])
def test_small_graphs_have_a_page_too(open_page: Callable[..., Opened], count: int) -> None:
    reader = Reader(open_page(make_page(graph_of([f"method {n}" for n in range(count)])).html))
    assert len(reader.drawn()) == count
    for tab in ("focus", "lineage", "timeline", "matrix", "table", "map"):
        reader.page.click(f"#tab-{tab}")
        reader.rest()
