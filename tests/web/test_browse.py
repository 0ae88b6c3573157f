"""Lists and what narrows them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from papergraph.store import memory_store
from papergraph.web.browse import browse_page
from papergraph.web.view import Page, View
from tests.graphs import RUN
from tests.web.graphs import library, library_store, thing
from tests.web.nowhere import view_of


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(library_store())


def labels(page: Page) -> set[str]:
    return {label for _, label, *_ in page.values["results"]}


def followed(view: View, href: str) -> Page:
    """The page that a choice leads to."""
    asked = dict(parse_qsl(urlsplit(href).query))
    return browse_page(view, asked.pop("type"), asked)


def test_every_choice_leaves_as_many_as_it_says_and_is_taken_back_by_itself(view: View) -> None:
    for kind in ("Paper", "Method"):
        start = browse_page(view, kind)
        for name, choices in start.values["facets"]:
            for choice in choices:
                narrowed = followed(view, choice.href)
                assert narrowed.values["total"] == choice.number > 0
                chosen = next(c for c in dict(narrowed.values["facets"])[name] if c.chosen)
                assert labels(followed(view, chosen.href)) == labels(start)


def test_facets_narrow_together(view: View) -> None:
    page = browse_page(view, "Paper", {"year": "2024", "topic": "topic:kv-cache", "hardware": "hw:iphone"})
    assert labels(page) == {"Second Paper"}
    assert browse_page(view, "Paper", {"year": "2023", "topic": "topic:kv-cache"}).values["total"] == 0


def test_unknown_values_leave_nothing_and_can_be_taken_back(view: View) -> None:
    page = browse_page(view, "Paper", {"topic": "topic:<b>", "nonsense": "1"})
    assert page.values["total"] == 0
    (chosen,) = [c for c in dict(page.values["facets"])["topic"] if c.chosen]
    assert labels(followed(view, chosen.href)) == labels(browse_page(view, "Paper"))
    assert "<b>" not in page.html(view.words)


def test_long_lists_have_pages_that_together_hold_everything() -> None:
    graph = library()
    many = tuple(thing(f"Method {n:04}", "Method") for n in range(700))
    entities = tuple(sorted((*graph.entities, *many), key=lambda e: e.iri))
    view = view_of(memory_store(type(graph)(entities, graph.relations, graph.notes, 0.5), RUN))
    pages = [browse_page(view, "Method", number=n) for n in (1, 2, 3)]
    assert set().union(*map(labels, pages)) >= {e.label for e in many}
    assert pages[1].values["pages"] == ((1, "/browse?type=Method"), (2, ""), (3, "/browse?type=Method&page=3"))
    assert labels(browse_page(view, "Method", number=99)) == labels(pages[2])
