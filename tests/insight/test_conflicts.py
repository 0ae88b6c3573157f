"""What notes say that can hardly all be right."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from papergraph.ask.named import choose_query, read_queries
from papergraph.ask.query import ask
from papergraph.insight.conflicts import CONFLICTS, Conflict, find_conflicts
from papergraph.model import Entity, EntityType, Evidence, Graph, NoteRecord, Place, Predicate, Relation, Run
from papergraph.store import memory_store
from tests.insight import lineages


def entity(name: str, kind: EntityType = "Method", *, year: str = "", identifier: str = "", alias: str = "") -> Entity:
    return Entity(
        f"x:{kind}/{name}",
        kind,
        name,
        (alias,) if alias else (),
        (identifier,) if identifier else (),
        (("year", year),) if year else (),
        (Place("a.md", 1, 0, 1, name),),
    )


def claim(subject: Entity, predicate: Predicate, obj: Entity, line: int = 1) -> Relation:
    key = f"x:{subject.label}-{predicate}-{obj.label}"
    evidence = Evidence(f"{key}-e", "a.md", line, 0, 1, "s", "rule", "prose", 0.9)
    return Relation(key, subject.iri, predicate, obj.iri, 0.9, "positive", (evidence,))


def conflicts(entities: list[Entity], relations: list[Relation]) -> list[tuple[str, str]]:
    graph = Graph(tuple(entities), tuple(relations), (NoteRecord("x:a", "a.md", "0"),))
    return [(d.kind, d.place) for d in find_conflicts(graph)]


A, B, C = entity("A"), entity("B"), entity("C")


def test_a_sound_graph_has_no_conflict() -> None:
    assert conflicts([A, B], [claim(B, "extends", A)]) == []


def test_mutual_improvement_is_doubtful() -> None:
    assert ("mutual improvesOn", "a.md:2") in conflicts(
        [A, B], [claim(A, "improvesOn", B, 2), claim(B, "improvesOn", A, 5)]
    )


def test_a_ring_of_three_is_a_cycle() -> None:
    ring = [claim(A, "extends", B), claim(B, "extends", C), claim(C, "improvesOn", A)]
    assert conflicts([A, B, C], ring) == [("lineage cycle", "a.md:1")]


def test_one_identifier_of_two_papers() -> None:
    papers = [entity(n, "Paper", identifier="arXiv:2306.14048") for n in ("P", "Q")]
    assert conflicts(papers, []) == [("shared identifier", "a.md:1")]


def test_one_method_of_two_papers() -> None:
    p, q = entity("P", "Paper"), entity("Q", "Paper")
    assert conflicts([A, p, q], [claim(p, "introduces", A), claim(q, "introduces", A)]) == [
        ("two introductions", "a.md:1")
    ]


def test_one_name_of_two_things() -> None:
    assert conflicts([A, entity("Other", alias="a")], []) == [("ambiguous name", "a.md:1")]


def test_an_older_work_cannot_build_on_a_newer_one() -> None:
    old, new = entity("P", "Paper", year="2020"), entity("Q", "Paper", year="2024")
    relations = [claim(old, "introduces", A), claim(new, "introduces", B), claim(A, "extends", B, 7)]
    assert conflicts([A, B, old, new], relations) == [("time travel", "a.md:7")]


def test_conflicts_are_sorted_values() -> None:
    assert Conflict("a.md:1", "x", "y") < Conflict("a.md:2", "a", "b")


def test_one_title_for_two_arxiv_ids_is_doubtful_and_a_label_is_no_title() -> None:
    one, other = (entity("A Title of Works", "Paper", identifier=f"arXiv:2306.0000{n}") for n in (1, 2))
    assert conflicts([one, replace(other, iri="x:other")], []) == [("shared title", "a.md:1")]
    third = replace(entity("A Title of Works", "Paper", identifier="OpenReview:abcdef1"), iri="x:third")
    assert conflicts([one, third], []) == []
    labelled = [replace(p, label="[Paper PDF]", iri=f"x:{n}") for n, p in enumerate((one, other))]
    assert conflicts(labelled, []) == []


def test_two_identifiers_of_one_scheme_are_doubtful_and_two_addresses_are_not() -> None:
    paper = entity("A Title of Works", "Paper")
    assert conflicts([replace(paper, identifiers=("10.1/a", "10.1/b", "arXiv:2306.00001"))], []) == [
        ("two identifiers", "a.md:1")
    ]
    assert conflicts([replace(paper, identifiers=("arXiv:2306.00001", "https://a.org", "https://b.org"))], []) == []


def test_two_works_that_build_on_each_other_in_different_ways_are_a_cycle() -> None:
    assert conflicts([A, B], [claim(A, "extends", B), claim(B, "improvesOn", A)]) == [("lineage cycle", "a.md:1")]


def test_one_work_of_two_years() -> None:
    paper = replace(entity("P", "Paper"), attributes=(("year", "2023"), ("year", "2024")))
    (found,) = find_conflicts(Graph((paper,)))
    assert (found.kind, found.message, found.about) == ("two years", "P has several years: 2023 and 2024", (paper.iri,))


def test_what_the_graph_does_not_assert_contradicts_nothing() -> None:
    graph = Graph((A, B), (claim(A, "extends", B), claim(B, "extends", A)))
    assert find_conflicts(graph)
    assert find_conflicts(replace(graph, threshold=0.95)) == ()


def test_every_kind_has_one_place_in_one_order() -> None:
    assert [kind for kind, _ in CONFLICTS] == [
        "mutual",
        "lineage cycle",
        "time travel",
        "two introductions",
        "two years",
        "two identifiers",
        "shared identifier",
        "shared title",
        "ambiguous name",
    ]


BUILDS = st.sampled_from(["extends", "improvesOn", "outperforms"])
CLAIMS = st.lists(
    st.tuples(st.sampled_from("abcde"), BUILDS, st.sampled_from("abcde"), st.sampled_from([30, 90]), st.booleans()),
    max_size=14,
    unique_by=lambda c: c[:3],
)


@settings(max_examples=60)
@given(CLAIMS)
def test_the_ready_made_query_finds_the_same(claims: list[lineages.Claim]) -> None:
    """Pairs are rows of the query; of a circle each step is a row, and one that is mutual is no row."""
    store = lineages.store_of([c for c in claims if c[0] != c[2]])
    answer = ask(store, choose_query("conflicts", read_queries()).text)
    asked = {tuple(term.value for term in row) for row in answer.rows}
    label = {e.iri: e.label for e in store.read_graph().entities}
    found = [(c.kind, tuple(label[iri] for iri in c.about)) for c in find_conflicts(store.read_graph())]
    pairs = {(kind, *about) for kind, about in found if kind.startswith("mutual")}
    assert {row for row in asked if row[0].startswith("mutual")} == pairs
    circles = [set(about) for kind, about in found if kind == "lineage cycle"]
    steps = [{one, other} for kind, one, other in asked if kind == "lineage cycle"]
    assert all(any(step <= circle for circle in circles) for step in steps)
    assert all(any(step <= circle for step in steps) for circle in circles)
    assert {kind for kind, *_ in asked} == {kind for kind, _ in found}


def test_the_query_finds_a_work_of_two_years() -> None:
    paper = replace(
        entity("P", "Paper"), iri="https://x.org/id/paper/p", attributes=(("year", "2023"), ("year", "2024"))
    )
    paper = replace(paper, places=())
    store = memory_store(Graph((paper,)), Run("0", ""), base="https://x.org/id/")
    rows = ask(store, choose_query("conflicts", read_queries()).text).rows
    assert [[term.value for term in row] for row in rows] == [["two years", "P", "P"]]
