"""What notes say that can hardly all be right."""

from __future__ import annotations

from dataclasses import replace

from papergraph.insight.conflicts import Doubt, find_doubts
from papergraph.model import Entity, EntityType, Evidence, Graph, NoteRecord, Place, Predicate, Relation


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


def doubts(entities: list[Entity], relations: list[Relation]) -> list[tuple[str, str]]:
    graph = Graph(tuple(entities), tuple(relations), (NoteRecord("x:a", "a.md", "0"),))
    return [(d.kind, d.place) for d in find_doubts(graph)]


A, B, C = entity("A"), entity("B"), entity("C")


def test_a_sound_graph_raises_no_doubt() -> None:
    assert doubts([A, B], [claim(B, "extends", A)]) == []


def test_mutual_improvement_is_doubtful() -> None:
    assert ("mutual improvesOn", "a.md:2") in doubts(
        [A, B], [claim(A, "improvesOn", B, 2), claim(B, "improvesOn", A, 5)]
    )


def test_a_ring_of_three_is_a_cycle() -> None:
    ring = [claim(A, "extends", B), claim(B, "extends", C), claim(C, "improvesOn", A)]
    assert doubts([A, B, C], ring) == [("lineage cycle", "a.md:1")]


def test_one_identifier_of_two_papers() -> None:
    papers = [entity(n, "Paper", identifier="arXiv:2306.14048") for n in ("P", "Q")]
    assert doubts(papers, []) == [("shared identifier", "a.md:1")]


def test_one_method_of_two_papers() -> None:
    p, q = entity("P", "Paper"), entity("Q", "Paper")
    assert doubts([A, p, q], [claim(p, "introduces", A), claim(q, "introduces", A)]) == [
        ("two introductions", "a.md:1")
    ]


def test_one_name_of_two_things() -> None:
    assert doubts([A, entity("Other", alias="a")], []) == [("ambiguous name", "a.md:1")]


def test_an_older_work_cannot_build_on_a_newer_one() -> None:
    old, new = entity("P", "Paper", year="2020"), entity("Q", "Paper", year="2024")
    relations = [claim(old, "introduces", A), claim(new, "introduces", B), claim(A, "extends", B, 7)]
    assert doubts([A, B, old, new], relations) == [("time travel", "a.md:7")]


def test_doubts_are_sorted_values() -> None:
    assert Doubt("a.md:1", "x", "y") < Doubt("a.md:2", "a", "b")


def test_one_title_for_two_arxiv_ids_is_doubtful_and_a_label_is_no_title() -> None:
    one, other = (entity("A Title of Works", "Paper", identifier=f"arXiv:2306.0000{n}") for n in (1, 2))
    assert doubts([one, replace(other, iri="x:other")], []) == [("shared title", "a.md:1")]
    third = replace(entity("A Title of Works", "Paper", identifier="OpenReview:abcdef1"), iri="x:third")
    assert doubts([one, third], []) == []
    labelled = [replace(p, label="[Paper PDF]", iri=f"x:{n}") for n, p in enumerate((one, other))]
    assert doubts(labelled, []) == []


def test_two_identifiers_of_one_scheme_are_doubtful_and_two_addresses_are_not() -> None:
    paper = entity("A Title of Works", "Paper")
    assert doubts([replace(paper, identifiers=("10.1/a", "10.1/b", "arXiv:2306.00001"))], []) == [
        ("two identifiers", "a.md:1")
    ]
    assert doubts([replace(paper, identifiers=("arXiv:2306.00001", "https://a.org", "https://b.org"))], []) == []
