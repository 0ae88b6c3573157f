"""The first page."""

from __future__ import annotations

from papergraph.model import Graph
from papergraph.store import memory_store
from papergraph.web.home import home_page
from tests.graphs import RUN
from tests.web.graphs import library_store
from tests.web.nowhere import view_of


def test_it_shows_what_is_new_what_is_named_and_how_much_there_is() -> None:
    view = view_of(library_store())
    page = home_page(view)
    assert [w.label for w in page.values["newest"]] == ["Second Paper", "持续学习综述", "First Paper"]
    assert dict(page.values["kinds"])["Paper"] == 3
    html = page.html(view.words)
    for part in ('id="newest"', 'id="home-conflicts"', 'href="/venues"', 'href="/notes"', 'action="/ask"'):
        assert part in html


def test_an_empty_graph_has_a_first_page_too() -> None:
    view = view_of(memory_store(Graph(), RUN))
    assert "No conflicts" in home_page(view).html(view.words)
