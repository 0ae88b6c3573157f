"""The page of what contradicts what."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from papergraph.insight.conflicts import CONFLICTS, find_conflicts
from papergraph.ontology.relation_labels import Language
from papergraph.serve.words import words_in
from papergraph.store import open_store
from papergraph.web.conflicts import message_of
from tests.serve.running import Server
from tests.serve.test_pages import Outline, get


def test_it_lists_each_conflict_with_its_place_and_things(demo: Server, demo_store: Path) -> None:
    page = get(demo, "/conflicts").text
    Outline(page)
    found = find_conflicts(open_store(demo_store).read_graph())
    assert page.count("<li>") == len(found)
    for conflict in found:
        assert html.escape(conflict.message, quote=True) in page.replace("&#39;", "&#x27;")
        for side in conflict.sides:
            assert f">{side.place}</a>" in page
            assert html.escape(side.sentence, quote=True).replace("&#x27;", "&#39;") in page


def test_its_links_lead_to_pages_of_the_server(demo: Server) -> None:
    for href in re.findall(r'href="(/id/[^"]+)"', get(demo, "/conflicts").text)[:6]:
        get(demo, html.unescape(href))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_has_a_name_in_each_language(language: Language) -> None:
    words = words_in(language, chosen=False)
    for kind, _ in CONFLICTS:
        key = f"conflict_{kind.replace(' ', '_')}"
        assert words(key) != key.partition("_")[2]


def test_chinese_pages_say_each_conflict_in_chinese_with_the_same_names(demo: Server, demo_store: Path) -> None:
    shown = html.unescape(get(demo, "/conflicts?lang=zh").text)
    words = words_in("zh", chosen=False)
    for conflict in find_conflicts(open_store(demo_store).read_graph()):
        message = message_of(conflict, words)
        assert message in shown
        assert message != conflict.message
        assert all(value in message for name, value in conflict.facts if value and not name.endswith("relation"))
