"""The page of what notes lack."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from papergraph.insight.gaps import GAPS, find_gaps
from papergraph.ontology.relation_labels import Language
from papergraph.serve.words import words_in
from papergraph.store import open_store
from tests.serve.running import Server
from tests.serve.test_pages import Outline, get


def test_it_shows_each_gap_with_its_reason_and_places(demo: Server, demo_store: Path) -> None:
    page = get(demo, "/gaps").text
    Outline(page)
    shown = html.unescape(page)
    for gap in find_gaps(open_store(demo_store), most=12).gaps:
        assert gap.reason in shown
        for name in gap.names:
            assert f">{name}</a>" in shown
        for item in gap.evidence:
            assert f">{item.note}:{item.line}</a>" in shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_has_a_name_in_each_language(language: Language) -> None:
    words = words_in(language, chosen=False)
    for kind, _ in GAPS:
        key = f"gap_{kind.replace(' ', '_')}"
        assert words(key) != key.partition("_")[2]


def test_reasons_are_given_in_chinese_with_the_same_numbers(demo: Server, demo_store: Path) -> None:
    shown = html.unescape(get(demo, "/gaps?lang=zh").text)
    for gap in find_gaps(open_store(demo_store), most=12).gaps:
        reason = words_in("zh", chosen=False)(f"why_{gap.kind.replace(' ', '_')}", **dict(gap.facts))
        assert reason in shown
        assert "build" not in reason.replace(dict(gap.facts).get("examples", ""), "")
