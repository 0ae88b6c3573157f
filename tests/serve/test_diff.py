"""The page of what the last build changed."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

import pytest

from papergraph.insight.diff import diff_graphs
from papergraph.ontology.relation_labels import Language
from papergraph.serve import Settings
from papergraph.serve.words import words_in
from papergraph.store import open_previous, open_store, write_generation
from tests import graphs
from tests.report.test_diff import AFTER
from tests.serve.running import Server, running
from tests.serve.test_pages import Outline, get


def test_it_shows_what_the_last_build_learned_and_lost(tmp_path: Path) -> None:
    write_generation(tmp_path, AFTER, graphs.RUN)
    write_generation(tmp_path, graphs.small_graph(), replace(graphs.RUN, version="1"))
    previous = open_previous(tmp_path)
    assert previous
    found = diff_graphs(previous.read_graph(), open_store(tmp_path).read_graph())
    assert found.new_claims
    with running(Settings(tmp_path, workers=1)) as server:
        page = get(server, "/diff").text
    Outline(page)
    shown = html.unescape(page)
    assert ">Li Hua</a>" in shown
    for claim in found.new_claims:
        assert claim.evidence[0].sentence in shown
    assert "0.70 \u2192" in shown


def test_without_an_earlier_graph_it_says_so(tmp_path: Path) -> None:
    write_generation(tmp_path, graphs.small_graph(), graphs.RUN)
    assert open_previous(tmp_path) is None
    with running(Settings(tmp_path, workers=1)) as server:
        assert "no earlier graph" in get(server, "/diff?lang=en").text
        assert "还没有更早的图谱" in get(server, "/diff?lang=zh").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_part_has_a_name_in_each_language(demo: Server, language: Language) -> None:
    words = words_in(language, chosen=False)
    for key in ("lead", "none", "same", "new_entities", "lost_entities", "new_claims", "changed_claims", "lost_claims"):
        assert words(f"diff_{key}") != key
    for key in ("joined", "renamed", "merged", "split"):
        assert words_in("zh", chosen=False)(f"diff_{key}") != key
    get(demo, f"/diff?lang={language}")
