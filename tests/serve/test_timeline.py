"""The page that shows how something developed."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from papergraph.ask.choose import choose
from papergraph.insight.timeline import read_timeline
from papergraph.store import open_store
from tests.serve.running import Server
from tests.serve.test_pages import Outline, get


def test_it_shows_every_work_under_its_year_with_its_line(demo: Server, demo_store: Path) -> None:
    page = get(demo, "/timeline?name=method:h2o").text
    Outline(page)
    shown = html.unescape(page)
    store = open_store(demo_store)
    found = read_timeline(store, choose(store, "H2O").iri)
    for event in found.events:
        assert f">{event.label}</a>" in shown
        assert f">{event.evidence[0].note}:{event.evidence[0].line}</a>" in shown
    positions = [page.index(f'<span class="year">{year or "without a year"}') for year, _ in found.years()]
    assert positions == sorted(positions)


def test_it_asks_for_a_name_and_says_if_it_is_unknown(demo: Server) -> None:
    assert "<ol" not in get(demo, "/timeline").text
    unknown = get(demo, "/timeline?name=Keyformr").text
    assert "Keyformer" in unknown.partition('role="alert"')[2].partition("</p>")[0]


@pytest.mark.parametrize(("language", "words"), [("en", "without a year"), ("zh", "年份不详")])
def test_it_speaks_both_languages(demo: Server, language: str, words: str) -> None:
    assert words in get(demo, f"/timeline?name=H2O&lang={language}").text


def test_the_page_of_an_entity_leads_to_its_timeline_and_to_a_comparison(demo: Server) -> None:
    page = get(demo, "/id/method/h2o").text
    assert 'href="/timeline?name=method:h2o"' in page
    assert 'href="/compare?name=H2O"' in page
