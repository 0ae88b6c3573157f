"""Walking what builds on what."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.errors import UnknownNameError
from papergraph.insight.lineage import Lineage, Member, Step, Work, trace_lineage
from papergraph.model import Entity, Evidence, Graph, NoteRecord, Place, Predicate, Relation, Run
from papergraph.report import render_lineage
from papergraph.report.lineage import lineage_record
from papergraph.store import memory_store
from papergraph.text.terminal import columns, printable, shorten
from tests.insight import lineages

NOTE = NoteRecord("https://x.org/id/note/a.md", "a.md", "0")


def iri(name: str) -> str:
    return f"https://x.org/id/method/{name}"


def claim(
    subject: str, predicate: Predicate, obj: str, confidence: float = 0.9, polarity: str = "positive"
) -> Relation:
    key = f"{subject}-{predicate}-{obj}"
    sentence = f"{subject} {predicate} {obj} | \x1b[31m"
    evidence = Evidence(f"https://x.org/id/ev/{key}", "a.md", 3, 0, 9, sentence, "rule", "prose", confidence)
    return Relation(
        f"https://x.org/id/st/{key}",
        iri(subject),
        predicate,
        iri(obj),
        confidence,
        "negative" if polarity == "negative" else "positive",
        (evidence,),
    )


def trace(*claims: Relation, start: str = "a", **options: object) -> Lineage:
    names = sorted({i.rsplit("/", 1)[1] for c in claims for i in (c.subject, c.object)} | {start})
    entities = tuple(Entity(iri(n), "Method", n, places=(Place("a.md", 1, 0, 1, n),)) for n in names)
    graph = Graph(entities, tuple(sorted(claims, key=lambda c: c.iri)), (NOTE,))
    store = memory_store(graph, Run("0", ""), base="https://x.org/id/")
    return trace_lineage(store, iri(start), **options)  # type: ignore[arg-type]


def labels(lineage: Lineage) -> list[tuple[str, int]]:
    return [(m.label, m.depth) for m in lineage.members]


CHAIN = (claim("b", "extends", "a"), claim("c", "improvesOn", "b", 0.6), claim("d", "uses", "a"))


def test_it_walks_downstream_with_depths() -> None:
    assert labels(trace(*CHAIN)) == [("a", 0), ("b", 1), ("c", 2)]


def test_it_walks_upstream() -> None:
    assert labels(trace(*CHAIN, start="c", direction="upstream")) == [("c", 0), ("b", 1), ("a", 2)]


def test_uses_is_followed_on_demand() -> None:
    lineage = trace(*CHAIN, predicates=("extends", "improvesOn", "uses"))
    assert [label for label, _ in labels(lineage)] == ["a", "b", "d", "c"]


def test_depth_cuts_and_says_so() -> None:
    lineage = trace(*CHAIN, depth=1)
    assert labels(lineage) == [("a", 0), ("b", 1)]
    assert lineage.truncated
    assert not trace(*CHAIN, depth=2).truncated


def test_weak_and_denied_claims_are_left_out() -> None:
    assert labels(trace(*CHAIN, min_confidence=0.7)) == [("a", 0), ("b", 1)]
    assert labels(trace(claim("b", "extends", "a", polarity="negative"))) == [("a", 0)]


def test_a_cycle_is_flagged_and_not_followed() -> None:
    lineage = trace(claim("b", "extends", "a"), claim("c", "extends", "b"), claim("a", "extends", "c"))
    assert labels(lineage) == [("a", 0), ("b", 1), ("c", 2)]
    assert [s.cycle for s in lineage.steps] == [False, False, True]
    assert "cycle, not followed" in render_lineage(lineage)
    assert "cycle, not followed" in render_lineage(lineage, "markdown")


def test_two_ways_to_one_member_are_both_steps() -> None:
    lineage = trace(
        claim("b", "extends", "a"),
        claim("c", "extends", "a"),
        claim("d", "extends", "b"),
        claim("d", "improvesOn", "c"),
    )
    assert [label for label, _ in labels(lineage)] == ["a", "b", "c", "d"]
    assert len(lineage.steps) == 4
    assert "(see above)" in render_lineage(lineage)


def test_every_step_carries_its_sentence_and_place() -> None:
    (step,) = trace(claim("b", "extends", "a")).steps
    assert (step.evidence[0].note, step.evidence[0].line) == ("a.md", 3)


def test_what_is_printed_cannot_move_the_cursor() -> None:
    lineage = trace(claim("b", "extends", "a"))
    for form in ("tree", "markdown"):
        assert "\x1b" not in render_lineage(lineage, form)
    assert json.loads(render_lineage(lineage, "json")) == lineage_record(lineage)
    assert "-->|extends|" in render_lineage(lineage, "mermaid")
    assert 'label="extends"' in render_lineage(lineage, "dot")
    with pytest.raises(UnknownNameError, match="lineage format"):
        render_lineage(lineage, "pdf")
    with pytest.raises(KeyError):
        lineage.member("nobody")


EDGES = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12, unique=True)


@given(EDGES)
def test_it_reaches_what_is_reachable_and_ends(edges: list[tuple[str, str]]) -> None:
    lineage = trace(*(claim(s, "extends", o) for s, o in edges))
    reached, frontier = {"a"}, {"a"}
    while frontier:
        frontier = {s for s, o in edges if o in frontier} - reached
        reached |= frontier
    assert {label for label, _ in labels(lineage)} == reached
    assert len(lineage.steps) == sum(o in reached for _, o in edges)


@given(st.text(max_size=60), st.integers(2, 40))
def test_shortened_text_fits_its_columns(text: str, width: int) -> None:
    shown = printable(text)
    assert columns(shorten(shown, width)) <= max(width, 1)
    assert not any(ord(c) < 32 for c in shown)


def test_the_cases_that_the_page_is_held_to_are_what_python_traces() -> None:
    assert lineages.CASES.read_text(encoding="utf-8") == lineages.written(lineages.all_cases())


def test_what_the_graph_does_not_assert_is_followed_when_asked() -> None:
    weak = (claim("b", "extends", "a", 0.4), claim("c", "extends", "b", 0.5))
    assert labels(trace(*weak)) == [("a", 0)]
    assert labels(trace(*weak, min_confidence=0.0)) == [("a", 0), ("b", 1), ("c", 2)]


def test_a_step_from_an_older_work_to_a_newer_one_is_reversed() -> None:
    step = Step(iri("a"), "extends", iri("b"), 0.9, ())

    def told(first: str, second: str) -> bool:
        years = {"a": first, "b": second}
        members = tuple(Member(iri(n), n, 0, (Work(f"urn:{n}", n, year),)) for n, year in years.items())
        return Lineage(iri("b"), "downstream", members, (step,)).is_reversed(step)

    assert told("2019", "2021")
    assert not told("2021", "2019")
    assert not told("2020", "2020")
    assert not told("", "2019")
