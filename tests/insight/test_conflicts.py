"""What notes say that can hardly all be right."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from papergraph.ask.named import choose_query, read_queries
from papergraph.ask.query import ask
from papergraph.insight.conflicts import CONFLICTS, Conflict, Side, find_conflicts
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
    assert found.sides == (Side("a.md", 1, "P"),)
    assert (found.kind, found.message, found.about) == ("two years", "P has several years: 2023 and 2024", (paper.iri,))


def said(subject: Entity, predicate: Predicate, obj: Entity, *sentences: tuple[str, int, str]) -> Relation:
    """A claim that each (note, line, sentence) makes."""
    evidence = tuple(
        Evidence(
            f"{subject.iri}{predicate}{obj.iri}{n}{line}", n, line, line * 100, line * 100 + 9, s, "r", "prose", 0.9
        )
        for n, line, s in sentences
    )
    return replace(claim(subject, predicate, obj), evidence=evidence)


def found_in(entities: list[Entity], *relations: Relation) -> list[Conflict]:
    return list(find_conflicts(Graph(tuple(entities), relations)))


def test_wins_in_both_directions_show_both_sentences() -> None:
    ours = said(A, "outperforms", B, ("a.md", 3, "A beats B."))
    theirs = said(B, "outperforms", A, ("b.md", 4, "B beats A."))
    (found,) = found_in([A, B], ours, theirs)
    assert found.kind == "mutual outperforms"
    assert found.sides == (Side("a.md", 3, "A beats B."), Side("b.md", 4, "B beats A."))
    assert found.key == ("mutual outperforms", A.iri, B.iri)


def test_wins_on_different_datasets_are_no_conflict_and_on_the_same_are() -> None:
    one, other = entity("D", "Dataset"), entity("E", "Dataset")
    ours = said(A, "outperforms", B, ("a.md", 3, "A beats B on D."))
    theirs = said(B, "outperforms", A, ("b.md", 4, "B beats A on E."))
    on_one = said(A, "evaluatedOn", one, ("a.md", 3, "A beats B on D."))
    on_other = said(B, "evaluatedOn", other, ("b.md", 4, "B beats A on E."))
    assert found_in([A, B, one, other], ours, theirs, on_one, on_other) == []
    on_same = said(B, "evaluatedOn", one, ("b.md", 4, "B beats A on E."))
    (found,) = found_in([A, B, one, other], ours, theirs, on_one, on_same)
    assert found.message.startswith("A outperforms B on D, and vice versa")


def test_figures_conflict_only_with_the_same_unit_and_the_same_word() -> None:
    def numbers(one: str, other: str) -> list[Conflict]:
        return found_in([A, B], said(A, "outperforms", B, ("a.md", 3, one), ("b.md", 4, other)))

    (found,) = numbers("A is 2x faster than B.", "A is 3 times faster than B")
    assert (found.kind, [s.place for s in found.sides]) == ("different numbers", ["a.md:3", "b.md:4"])
    assert numbers("A is 2x faster than B.", "A is 3x smaller than B.") == []
    assert numbers("A is 2x faster than B.", "A is 20% faster than B.") == []
    assert numbers("A is 2x faster than B.", "A is 2x faster than B, really.") == []
    assert numbers("A is 2x faster than B.", "A is 3x faster than C, and better than B.") == []


def test_a_claim_that_is_negated_elsewhere() -> None:
    yes = said(A, "improvesOn", B, ("a.md", 3, "A improves on B."))
    no = replace(said(A, "outperforms", B, ("b.md", 4, "A does not beat B.")), polarity="negative")
    (found,) = found_in([A, B], yes, no)
    assert (found.kind, [s.place for s in found.sides]) == ("negated elsewhere", ["a.md:3", "b.md:4"])
    other = replace(said(A, "comparedWith", B, ("b.md", 4, "A was not compared.")), polarity="negative")
    assert found_in([A, B], yes, other) == []


def test_a_claim_of_which_another_place_says_the_opposite() -> None:
    yes = said(A, "outperforms", B, ("a.md", 3, "A beats B."))
    against = said(A, "outperforms", B, ("b.md", 4, "A does not beat B.")).evidence
    (found,) = found_in([A, B], replace(yes, contradicted=against))
    assert (found.kind, found.message) == ("negated elsewhere", "A outperforms B, but not at b.md:4")
    assert [s.sentence for s in found.sides] == ["A beats B.", "A does not beat B."]
    (denied,) = found_in([A, B], replace(yes, polarity="negative", contradicted=against))
    assert denied.message == "not: A outperforms B, but it does at b.md:4"


def test_institutions_that_two_notes_do_not_share() -> None:
    labs = [entity(name, "Institution") for name in ("L", "M")]
    ours, theirs = (
        said(A, "affiliatedWith", labs[0], ("a.md", 3, "L")),
        said(A, "affiliatedWith", labs[1], ("b.md", 4, "M")),
    )
    (found,) = found_in([A, *labs], ours, theirs)
    assert (found.kind, found.message) == ("different institutions", "A is from L, but from M at b.md:4")
    both = said(A, "affiliatedWith", labs[0], ("a.md", 3, "L"), ("b.md", 4, "L and M"))
    assert found_in([A, *labs], both, theirs) == []
    assert found_in([A, *labs], ours, replace(theirs, evidence=ours.evidence)) == []


def test_what_the_graph_does_not_assert_contradicts_nothing() -> None:
    graph = Graph((A, B), (claim(A, "extends", B), claim(B, "extends", A)))
    assert find_conflicts(graph)
    assert find_conflicts(replace(graph, threshold=0.95)) == ()


def test_every_kind_has_one_place_in_one_order() -> None:
    assert [kind for kind, _ in CONFLICTS] == [
        "mutual",
        "negated elsewhere",
        "different numbers",
        "lineage cycle",
        "time travel",
        "two introductions",
        "two years",
        "different institutions",
        "two expansions",
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
    pairs = {(kind, *about) for kind, about in found if kind.startswith(("mutual", "negated"))}
    assert {row for row in asked if row[0].startswith(("mutual", "negated"))} == pairs
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
