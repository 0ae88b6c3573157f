"""What a graph learned, lost and changed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from papergraph.insight.diff import Diff, diff_graphs
from papergraph.model import Entity, Graph, NoteRecord, Relation
from tests.graphs import iri, relation, small_graph
from tests.insight.lineages import graph_of

A, B, C = (Entity(iri("Method", n), "Method", n) for n in "ABC")


def graph(*relations: Relation, entities: tuple[Entity, ...] = (A, B, C), threshold: float = 0.5) -> Graph:
    return Graph(entities, tuple(sorted(relations, key=lambda r: r.iri)), (), threshold)


def said(*sentences: str, confidence: float = 0.9, negative: bool = False) -> Relation:
    places = [("a.md", line, sentence) for line, sentence in enumerate(sentences, 1)]
    return relation(A.iri, "extends", B.iri, *places, confidence=confidence, negative=negative)


def test_a_graph_does_not_differ_from_itself() -> None:
    assert diff_graphs(small_graph(), small_graph()) == Diff()
    assert not diff_graphs(Graph(), Graph())


def test_new_and_lost_entities_claims_and_notes() -> None:
    note = NoteRecord("x:a", "a.md", "1")
    before = replace(graph(entities=(A, B)), notes=(note, NoteRecord("x:b", "b.md", "1")))
    after = replace(graph(said("A extends B.")), notes=(replace(note, sha256="2"), NoteRecord("x:c", "c.md", "3")))
    found = diff_graphs(before, after)
    assert (found.new_notes, found.changed_notes, found.lost_notes) == (("c.md",), ("a.md",), ("b.md",))
    assert (found.new_entities, found.lost_entities) == ((C,), ())
    (claim,) = found.new_claims
    assert (claim.labels, claim.predicate, claim.status) == (("A", "B"), "extends", "asserted")
    back = diff_graphs(after, before)
    assert back.lost_claims == found.new_claims
    assert back.lost_entities == found.new_entities


def test_a_note_with_another_name_is_neither_new_nor_lost() -> None:
    def notes(**hashes: str) -> Graph:
        found = (NoteRecord(f"x:{path}", path.replace("_", "/") + ".md", sha) for path, sha in hashes.items())
        return replace(graph(), notes=tuple(found))

    found = diff_graphs(notes(a="1", b="2", x_c="3", d="3"), notes(a="1", new="2", y_c="3", e="4"))
    assert found.renamed_notes == (("b.md", "new.md"), ("x/c.md", "y/c.md"))
    assert (found.new_notes, found.changed_notes, found.lost_notes) == (("e.md",), (), ("d.md",))
    assert diff_graphs(notes(a="1", b="2"), notes(a="2", b="1")).renamed_notes == ()
    copied = diff_graphs(notes(a="1"), notes(a="1", b="1"))
    assert (copied.renamed_notes, copied.new_notes) == ((), ("b.md",))


def test_confidence_status_and_wording_change() -> None:
    (surer,) = diff_graphs(graph(said("A extends B.")), graph(said("A extends B.", confidence=0.95))).changed_claims
    assert surer.kinds == ("confidence",)
    (denied,) = diff_graphs(
        graph(said("A extends B.")), graph(said("A does not extend B.", negative=True))
    ).changed_claims
    assert denied.kinds == ("status", "wording")
    assert (denied.gained, denied.dropped) == (("A does not extend B.",), ("A extends B.",))
    (weaker,) = diff_graphs(graph(said("A extends B.")), graph(said("A extends B.", confidence=0.3))).changed_claims
    assert (weaker.before.status, weaker.after.status) == ("asserted", "weak")


def test_moved_lines_other_rules_and_weak_claims_are_no_difference() -> None:
    moved = tuple(replace(e, line=e.line + 7, start=9, extractor="other") for e in said("A extends B.").evidence)
    assert not diff_graphs(graph(said("A extends B.")), graph(replace(said("A extends B."), evidence=moved)))
    assert not diff_graphs(graph(), graph(said("A may extend B.", confidence=0.3)))


def test_claims_follow_what_was_renamed_or_merged() -> None:
    longer = Entity(iri("Method", "A long name"), "Method", "A long name", ("A",))
    renamed = replace(relation(longer.iri, "extends", B.iri, ("a.md", 1, "A extends B.")))
    found = diff_graphs(graph(said("A extends B.")), graph(renamed, entities=(longer, B, C)))
    assert found.renamed == ((A, longer),)
    assert (found.new_claims, found.lost_claims, found.changed_claims) == ((), (), ())
    both = replace(B, aliases=("C",))
    other = relation(A.iri, "extends", C.iri, ("b.md", 1, "A extends C."))
    whole = replace(said("A extends B."), evidence=said("A extends B.").evidence + other.evidence)
    joined = diff_graphs(graph(said("A extends B."), other), graph(whole, entities=(A, both)))
    assert joined.merged == (((B, C), both),)
    assert (joined.new_claims, joined.lost_claims, joined.changed_claims) == ((), (), ())


CLAIMS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(["extends", "uses"]),
        st.sampled_from("abcd"),
        st.sampled_from([30, 60, 90]),
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda c: c[:3],
)


@given(CLAIMS, CLAIMS)
def test_what_is_new_and_lost_leads_from_one_graph_to_the_other(  # the definition, by sets
    old: list[tuple[str, str, str, int, bool]], new: list[tuple[str, str, str, int, bool]]
) -> None:
    before, after = (
        replace(graph_of([c for c in claims if c[0] != c[2]]), threshold=0.5)  # type: ignore[misc]
        for claims in (old, new)
    )
    found = diff_graphs(before, after)
    entities = {e.iri for e in before.entities} - {e.iri for e in found.lost_entities}
    assert entities | {e.iri for e in found.new_entities} == {e.iri for e in after.entities}

    def keys(graph: Graph, *, all_of_them: bool = False) -> set[tuple[str, str, str]]:
        counted = (r for r in graph.relations if all_of_them or graph.asserts(r) or r.polarity == "negative")
        return {(r.subject, r.predicate, r.object) for r in counted}

    assert {(c.subject, c.predicate, c.object) for c in found.new_claims} == (
        keys(after) - keys(before, all_of_them=True)
    )
    assert {(c.subject, c.predicate, c.object) for c in found.lost_claims} == (
        keys(before) - keys(after, all_of_them=True)
    )
