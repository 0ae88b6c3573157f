"""The page answers as commands do, in the same words, and stays small."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from papergraph.insight.compare import compare_works
from papergraph.insight.conflicts import CONFLICTS, find_conflicts
from papergraph.insight.gaps import GAPS, find_gaps
from papergraph.insight.part import Part, cut
from papergraph.model import Graph
from papergraph.page import make_page
from papergraph.page.answers import Answers, find_answers, pack_answers
from papergraph.page.numbers import Numbers
from papergraph.report.gaps import HEADINGS
from papergraph.resources import read_resource
from papergraph.store import GraphStore, open_store

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def store(demo_store: Path) -> GraphStore:
    return open_store(demo_store)


@pytest.fixture(scope="module")
def answers(sample: Graph, store: GraphStore) -> Answers:
    return find_answers(store, sample)


class Packed:
    """The packed answers, with what their numbers mean."""

    def __init__(self, graph: Graph, answers: Answers) -> None:
        self.graph = graph
        self.notes, self.sentences = Numbers(), Numbers()
        self.nodes = {e.iri: n for n, e in enumerate(graph.entities)}
        self.data: dict[str, Any] = pack_answers(answers, self.nodes, self.notes, self.sentences)

    def place(self, place: list[int]) -> tuple[str, int, str]:
        note, line, sentence = place
        return self.notes.values[note], line, self.sentences.values[sentence]


@pytest.fixture(scope="module")
def packed(sample: Graph, answers: Answers) -> Packed:
    return Packed(sample, answers)


def iri_of(graph: Graph, label: str) -> str:
    return next(e.iri for e in graph.entities if e.label == label and e.type == "Method")


def test_cells_hold_what_the_command_says(sample: Graph, store: GraphStore, packed: Packed) -> None:
    chosen = [iri_of(sample, "H2O"), iri_of(sample, "SnapKV")]
    asked = compare_works(store, chosen)
    for column, iri in enumerate(chosen):
        cells = packed.data["works"][str(packed.nodes[iri])]
        for aspect, cell in zip(asked.aspects, cells, strict=True):
            values = aspect.cells[column]
            shown = [item for item in cell if not isinstance(item, int)]
            assert len(shown) + (cell[-1] if cell and isinstance(cell[-1], int) else 0) == len(values)
            for item, value in zip(shown, values, strict=False):
                what, _, denied, figures, *place = item
                assert what in {packed.nodes.get(value.iri), value.text, ""}
                assert (denied, figures) == (value.denied, list(value.figures))
                first = value.evidence[0]
                assert packed.place(place) == (first.note, first.line, first.sentence)


def test_works_are_compared_with_each_other(sample: Graph, store: GraphStore, packed: Packed) -> None:
    chosen = [iri_of(sample, name) for name in ("H2O", "SnapKV", "PyramidKV")]
    numbers = {packed.nodes[iri] for iri in chosen}
    ours = [c for c in packed.data["contests"] if {c[0], c[1]} <= numbers]
    theirs = compare_works(store, chosen).contests
    assert {(c[0], c[1], bool(c[3])) for c in ours} == {
        (packed.nodes[c.subject], packed.nodes[c.object], c.value.denied) for c in theirs
    }


def test_conflicts_have_all_their_sides(sample: Graph, packed: Packed) -> None:
    found = find_conflicts(sample)
    assert [c[1] for c in packed.data["conflicts"]] == [c.message for c in found]
    for (kind, _, _, sides, _, _), conflict in zip(packed.data["conflicts"], found, strict=True):
        assert kind in {name for name, _ in CONFLICTS}
        assert [packed.place(side) for side in sides] == [(s.note, s.line, s.sentence) for s in conflict.sides]


def test_gaps_are_those_of_the_command(store: GraphStore, packed: Packed) -> None:
    found = find_gaps(store)
    assert [(g[0], g[2]) for g in packed.data["gaps"]] == [(g.kind, g.reason) for g in found.gaps]
    assert packed.data["totals"] == [[kind, n] for kind, n in found.totals if n]


def test_a_part_has_the_gaps_of_its_own_entities(sample: Graph, store: GraphStore) -> None:
    part = cut(sample, Part(focus="H2O"), lambda name, _: store.find(name)[0].iri).graph
    known = {e.iri for e in part.entities}
    gaps = find_answers(store, part).gaps
    assert gaps.gaps
    assert all(known.issuperset(gap.about) for gap in gaps.gaps)
    assert sum(n for _, n in gaps.totals) == len(gaps.gaps)


def test_the_page_is_the_same_each_time_and_hardly_larger(sample: Graph, store: GraphStore) -> None:
    page = make_page(sample, source=store).html
    assert page == make_page(sample, source=store).html
    assert len(page) - len(make_page(sample).html) < 0.06 * len(page)


def test_without_a_source_there_are_no_answers(sample: Graph) -> None:
    page = make_page(sample).html
    assert 'id="answers"' not in page
    assert '"answers":false' in page


@pytest.fixture(scope="module")
def words() -> dict[str, dict[str, str]]:
    text = (ROOT / "viz" / "page" / "src" / "words.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_and_the_server_use_the_same_words(words: dict[str, dict[str, str]], language: str) -> None:
    server = yaml.safe_load(read_resource("viz/serve/words.yaml"))[language]
    shared = [key for key in words if key.startswith(("aspect_", "gap_", "conflict_")) or key.endswith("_lead")]
    assert len(shared) > 30
    for key in (*shared, "compare_legend", "contests", "no_conflicts", "no_gaps", "conflicts", "gaps"):
        assert words[key][language] == server[key]


def test_every_kind_of_conflict_and_gap_has_a_heading(words: dict[str, dict[str, str]]) -> None:
    for kind, _ in CONFLICTS:
        assert f"conflict_{kind.replace(' ', '_')}" in words
    for kind, _ in GAPS:
        assert words[f"gap_{kind.replace(' ', '_')}"]["en"] == HEADINGS[kind]


def test_reasons_in_chinese_are_those_of_the_server() -> None:
    server = yaml.safe_load(read_resource("viz/serve/words.yaml"))["zh"]
    reasons = json.loads((ROOT / "viz" / "page" / "src" / "reasons.json").read_text(encoding="utf-8"))
    assert {f"why_{kind.replace(' ', '_')}" for kind, _ in GAPS} < set(reasons)
    assert any(key.startswith("says_mutual") for key in reasons)
    assert reasons == {k: v for k, v in server.items() if k.startswith(("why_", "says_")) and k != "says_nothing"}
