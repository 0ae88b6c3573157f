"""A lineage as a page to print."""

from __future__ import annotations

from dataclasses import replace

from papergraph.report import render_lineage
from tests.insight.test_lineage import CHAIN, claim, trace
from tests.serve.test_pages import Outline


def test_every_step_stands_there_once_with_its_sentence_and_place() -> None:
    page = render_lineage(trace(*CHAIN), "html")
    Outline(page)
    assert page.count("<li>") == 2
    assert page.count("<blockquote>") == 2
    assert "a.md:3" in page
    assert page.count("<ul>") == page.count("</ul>") == 2


def test_names_and_sentences_are_text_and_nothing_is_loaded_from_elsewhere() -> None:
    lineage = trace(claim("b", "extends", "a"))
    named = replace(lineage, members=tuple(replace(member, label="<b>") for member in lineage.members))
    page = render_lineage(named, "html")
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert "\x1b" not in page
    assert "http" not in page
    assert "<script" not in page


def test_a_lineage_without_steps_is_a_page_too() -> None:
    Outline(render_lineage(trace(), "html"))
