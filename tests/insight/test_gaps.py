"""What notes lack."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papergraph.ask.named import choose_query, read_queries
from papergraph.ask.query import ask
from papergraph.insight.gaps import GAPS, Gap, find_gaps
from papergraph.model import Entity, EntityType, Graph, NoteRecord, Relation
from papergraph.store import GraphStore, memory_store, open_store
from tests import graphs
from tests.graphs import iri, place, relation
from tests.insight import lineages

NOTE = NoteRecord("https://w3id.org/papergraph/id/note/a.md", "a.md", "a" * 64)


def store_of(relations: list[Relation], years: dict[str, str] | None = None) -> GraphStore:
    """A store of these claims; the type of an entity stands in its IRI, its label after the last slash."""
    kinds: dict[str, EntityType] = {"paper": "Paper", "method": "Method", "hw": "Hardware", "topic": "Topic"}
    found = sorted({end for r in relations for end in (r.subject, r.object)})
    entities = tuple(
        Entity(
            i,
            kinds[i.split("/")[-2]],
            i.rpartition("/")[2].upper(),
            attributes=(("year", years[i]),) if years and i in years else (),
            places=(place("a.md", 1, 0, "x"),),
        )
        for i in found
    )
    return memory_store(Graph(entities, tuple(sorted(relations, key=lambda r: r.iri)), (NOTE,)), graphs.RUN)


def method(name: str) -> str:
    return iri("Method", name)


def paper(name: str) -> str:
    return f"https://w3id.org/papergraph/id/paper/{name}"


def said(subject: str, predicate: str, obj: str, line: int = 1) -> Relation:
    return relation(subject, predicate, obj, ("a.md", line, f"line {line}"))  # type: ignore[arg-type]


def of_kind(kind: str, store: GraphStore) -> list[Gap]:
    return [gap for gap in find_gaps(store, most=0).gaps if gap.kind == kind]


def test_what_many_build_on_and_no_note_is_about_comes_first() -> None:
    a, b, c, d = map(method, "abcd")
    store = store_of([said(b, "extends", a, 3), said(c, "uses", a, 4), said(c, "uses", d, 5)])
    first, second = of_kind("unread", store)
    assert (first.names, first.weight, [e.line for e in first.evidence]) == (("A",), 2, [3, 4])
    assert first.reason == "2 works rely on it; no paper introduces it, and no note describes it; in 1 note"
    assert second.names == ("D",)


def test_what_a_note_describes_lacks_only_its_paper() -> None:
    a, b, c = map(method, "abc")
    store = store_of([said(b, "extends", a), said(c, "extends", b), said(paper("p"), "introduces", c)])
    assert [g.names for g in of_kind("unread", store)] == [("A",)]
    assert [g.names for g in of_kind("no paper", store)] == [("B",)]


def test_papers_without_year_and_methods_without_hardware_or_dataset() -> None:
    a, b, gpu = method("a"), method("b"), iri("Hardware", "gpu")
    relations = [said(paper("p"), "introduces", a), said(b, "extends", a), said(paper("q"), "introduces", b)]
    store = store_of(relations, {paper("q"): "2024"})
    assert [g.names for g in of_kind("no year", store)] == [("P",)]
    assert [g.names for g in of_kind("no hardware", store)] == [("A",)]
    assert [g.names for g in of_kind("no dataset", store)] == [("A",)]
    assert of_kind("no hardware", store_of([*relations, said(paper("p"), "measuredOn", gpu)])) == []


def test_a_topic_and_a_device_that_no_work_has_in_common() -> None:
    one, other = iri("Hardware", "one"), iri("Hardware", "other")
    topic, wider = iri("Topic", "t"), iri("Topic", "w")
    filed = [said(method(f"a{n}"), "hasTopic", topic) for n in range(3)]
    runs = [said(method(f"a{n}"), "targetsHardware", one) for n in range(3)]
    others = [said(method(f"b{n}"), "measuredOn", other) for n in range(4)]
    store = store_of([*filed, *runs, *others, said(topic, "broader", wider)])
    cells = of_kind("empty cell", store)
    assert [(c.names, c.weight) for c in cells] == [(("T", "OTHER"), 12), (("W", "OTHER"), 12)]
    assert (
        cells[0].reason
    ) == "3 works name hardware on T (A0, A1, A2), none of them OTHER, which 4 works name (B0, B1, B2, ...)"
    assert of_kind("empty cell", store_of([*filed, *runs, *others, said(method("b0"), "hasTopic", topic)])) == []


def test_a_topic_is_stale_by_the_newest_work_of_the_notes_and_no_clock() -> None:
    topic, fresh = iri("Topic", "t"), iri("Topic", "f")
    old = [said(paper(f"p{n}"), "hasTopic", topic) for n in range(3)]
    new = [said(paper("q"), "hasTopic", fresh)]
    years = {paper("p0"): "2020", paper("p1"): "2021", paper("p2"): "2022", paper("q"): "2024"}
    (gap,) = of_kind("stale topic", store_of([*old, *new], years))
    assert (gap.names, gap.weight) == (("T",), 6)
    assert gap.reason == "the newest of 3 dated works is from 2022; the newest in the notes is from 2024"
    assert of_kind("stale topic", store_of([*old, *new], {**years, paper("q"): "2023"})) == []


def test_a_link_that_one_sentence_makes_and_that_holds_two_parts_together() -> None:
    left = [said(method("a"), "extends", method("b")), said(method("b"), "extends", method("c"))]
    right = [said(method("x"), "extends", method("y")), said(method("y"), "extends", method("z"))]
    bridge = said(method("a"), "uses", method("x"), 9)
    (gap,) = of_kind("one source", store_of([*left, *right, bridge]))
    assert (gap.label, gap.weight, [e.line for e in gap.evidence]) == ("A \u2013 X", 3, [9])
    twice = relation(method("a"), "uses", method("x"), ("a.md", 9, "once"), ("a.md", 12, "twice"))
    assert of_kind("one source", store_of([*left, *right, twice])) == []


def test_each_kind_is_cut_and_its_total_known() -> None:
    store = store_of([said(method("z"), "uses", method(f"a{n}")) for n in range(5)])
    found = find_gaps(store, most=2)
    assert dict(found.totals)["unread"] == 5
    assert [gap.names for gap in found.gaps if gap.kind == "unread"] == [("A0",), ("A1",)]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcde"), st.sampled_from(["extends", "uses", "outperforms"]), st.sampled_from("abcde")
        ),
        max_size=10,
        unique=True,
    )
)
def test_the_ready_made_query_finds_the_same(claims: list[tuple[str, str, str]]) -> None:
    store = lineages.store_of([(s, p, o, 90, False) for s, p, o in claims if s != o])  # type: ignore[misc]
    answer = ask(store, choose_query("gaps", read_queries()).text)
    asked = {(row[0].value, int(row[1].value)) for row in answer.rows}
    found = {(g.label, g.weight) for g in find_gaps(store, most=0).gaps if g.kind in {"unread", "no paper"}}
    assert found == asked


@pytest.fixture(scope="module")
def demo(demo_store: Path) -> GraphStore:
    return open_store(demo_store)


def test_the_sample_has_gaps_of_every_kind_each_with_a_reason(demo: GraphStore) -> None:
    found = find_gaps(demo)
    assert {gap.kind for gap in found.gaps} == {kind for kind, _ in GAPS}
    assert [kind for kind, _ in found.totals] == [kind for kind, _ in GAPS]
    assert all(gap.reason and len(gap.names) == len(gap.about) for gap in found.gaps)
    assert found.gaps[0].names == ("Mixture of Experts",)
    assert found == find_gaps(demo)
