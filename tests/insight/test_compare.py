"""How works compare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from papergraph.ask.choose import choose
from papergraph.insight.compare import ASPECTS, Comparison, compare_works
from papergraph.model import Entity, Graph, NoteRecord, Relation
from papergraph.store import GraphStore, memory_store, open_store
from tests import graphs
from tests.graphs import iri, place, relation

NOTE = NoteRecord("https://w3id.org/papergraph/id/note/a.md", "a.md", "a" * 64)
A, B, PAPER, OTHER = iri("Method", "A"), iri("Method", "B"), iri("Paper", "A paper"), iri("Method", "Other")
C = iri("Method", "Caret")
DATA, LAB, GPU = iri("Dataset", "Bench"), iri("Institution", "Lab"), iri("Hardware", "GPU")
NAMES = {A: "A", B: "B", C: "Caret", PAPER: "A paper", OTHER: "Other", DATA: "Bench", LAB: "Lab", GPU: "GPU"}
KINDS = {PAPER: "Paper", DATA: "Dataset", LAB: "Institution", GPU: "Hardware"}


def comparison(*relations: Relation, of: tuple[str, ...] = (A, B), year: str = "2024") -> Comparison:
    entities = [
        Entity(i, KINDS.get(i, "Method"), n, places=(place("a.md", 1, 0, n),))  # type: ignore[arg-type]
        for i, n in NAMES.items()
    ]
    entities = [replace(e, attributes=(("year", year),)) if e.iri == PAPER else e for e in entities]
    graph = Graph(tuple(sorted(entities, key=lambda e: e.iri)), tuple(sorted(relations, key=lambda r: r.iri)), (NOTE,))
    return compare_works(memory_store(graph, graphs.RUN), of)


def texts(found: Comparison, name: str, work: str) -> list[str]:
    return [("not " if v.denied else "") + v.text for v in found.cell(name, work)]


INTRODUCES = relation(PAPER, "introduces", A, ("a.md", 1, "A paper: A keeps only what later tokens look at (2024)"))


def test_what_notes_do_not_mention_differs_from_what_they_deny() -> None:
    denied = relation(A, "targetsHardware", GPU, ("a.md", 4, "A does not run on a GPU."), negative=True)
    found = comparison(INTRODUCES, denied)
    assert texts(found, "hardware", A) == ["not GPU"]
    assert texts(found, "hardware", B) == []


def test_what_is_said_of_the_paper_of_one_work_is_said_of_the_work() -> None:
    lab = relation(PAPER, "affiliatedWith", LAB, ("a.md", 2, "Lab"))
    uses = relation(PAPER, "uses", OTHER, ("a.md", 3, "It uses Other."))
    found = comparison(INTRODUCES, lab, uses)
    assert (texts(found, "institutions", A), texts(found, "components", A)) == (["Lab"], ["Other"])
    assert (texts(found, "year", A), found.cell("year", A)[0].evidence[0].line) == (["2024"], 1)


def test_what_a_paper_of_two_works_uses_is_said_of_neither() -> None:
    second = relation(PAPER, "introduces", B, ("a.md", 1, "A paper on A and B"))
    uses = relation(PAPER, "uses", OTHER, ("a.md", 3, "It uses Other."))
    lab = relation(PAPER, "affiliatedWith", LAB, ("a.md", 2, "Lab"))
    found = comparison(INTRODUCES, second, uses, lab)
    assert texts(found, "components", A) == texts(found, "components", B) == []
    assert texts(found, "institutions", A) == texts(found, "institutions", B) == ["Lab"]


def test_a_paper_is_compared_by_what_it_introduces() -> None:
    uses = relation(A, "uses", OTHER, ("a.md", 3, "A uses Other."))
    found = comparison(INTRODUCES, uses, of=(PAPER, B))
    assert texts(found, "components", PAPER) == ["Other"]
    assert texts(found, "year", PAPER) == ["2024"]


def test_the_idea_is_the_introducing_sentence_or_how_it_changes_its_parent() -> None:
    bare = relation(PAPER, "introduces", A, ("a.md", 1, "A paper"))
    change = relation(A, "improvesOn", OTHER, ("a.md", 5, "A improves on Other with a budget per layer."))
    assert texts(comparison(INTRODUCES), "idea", A) == ["A paper: A keeps only what later tokens look at (2024)"]
    assert texts(comparison(bare, change), "idea", A) == ["A improves on Other with a budget per layer."]
    assert texts(comparison(bare), "idea", A) == ["A paper"]
    unnamed = relation(C, "improvesOn", OTHER, ("a.md", 5, "It is better than Other."))
    assert texts(
        comparison(relation(PAPER, "introduces", C, ("a.md", 1, "The paper")), unnamed, of=(C, B)), "idea", C
    ) == ["The paper"]
    assert texts(comparison(unnamed, of=(C, B)), "idea", C) == ["It is better than Other."]


def test_contests_say_on_which_dataset_and_with_which_figure() -> None:
    sentence = ("a.md", 7, "On Bench, A is 2.5x faster than B.")
    wins = relation(A, "outperforms", B, sentence)
    tried = relation(A, "evaluatedOn", DATA, sentence)
    elsewhere = relation(B, "evaluatedOn", DATA, ("a.md", 9, "B on Bench"))
    (contest,) = comparison(wins, tried, elsewhere).contests
    assert (contest.subject, contest.object, contest.datasets) == (A, B, ("Bench",))
    assert contest.value.figures == ("2.5x",)
    (bare,) = comparison(wins, elsewhere).contests
    assert bare.datasets == ()


def test_of_several_figures_none_is_said_to_be_the_gain() -> None:
    wins = relation(A, "outperforms", B, ("a.md", 7, "A is 29x faster than Other and 3x faster than B."))
    assert comparison(wins).cell("outperforms", A)[0].figures == ()


def test_a_figure_is_cited_where_it_stands() -> None:
    wins = relation(A, "outperforms", B, ("a.md", 3, "A is better than B."), ("a.md", 7, "A is 3x faster than B."))
    (value,) = comparison(wins).cell("outperforms", A)
    assert (value.figures, value.evidence[0].line) == (("3x",), 7)


def test_a_cell_of_a_table_is_a_score() -> None:
    score = relation(A, "evaluatedOn", DATA, ("a.md", 7, "61.2"))
    assert comparison(score).cell("datasets", A)[0].figures == ("61.2",)


def test_weak_claims_are_left_out() -> None:
    weak = relation(A, "uses", OTHER, ("a.md", 3, "A may use Other."), confidence=0.2)
    assert texts(comparison(weak), "components", A) == []


@pytest.fixture(scope="module")
def demo(demo_store: Path) -> GraphStore:
    return open_store(demo_store)


def test_every_value_of_the_sample_cites_a_line(demo: GraphStore) -> None:
    names = ["H2O", "SnapKV", "PyramidKV", "LoRA", "DoRA", "GPTQ", "AWQ", "Jamba", "Mamba", "DPO", "PPO"]
    found = compare_works(demo, [choose(demo, name).iri for name in names])
    assert [a.name for a in found.aspects] == list(ASPECTS)
    values = [value for aspect in found.aspects for cell in aspect.cells for value in cell]
    assert len(values) > 100
    assert all(value.evidence and value.evidence[0].line for value in values)


def test_the_sample_says_who_wins_on_what(demo: GraphStore) -> None:
    works = {name: choose(demo, name).iri for name in ("PyramidKV", "SnapKV", "GPTQ", "AWQ")}
    found = compare_works(demo, works.values())
    contest = next(c for c in found.contests if c.subject == works["PyramidKV"])
    assert (contest.object, contest.datasets) == (works["SnapKV"], ("LongBench",))
    assert [v.figures for v in found.cell("datasets", works["AWQ"])] == [("5.60",)]


def test_one_work_named_twice_is_one_column(demo: GraphStore) -> None:
    iri_of = choose(demo, "H2O").iri
    assert len(compare_works(demo, [iri_of, iri_of]).works) == 1
