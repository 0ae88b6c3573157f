"""Which entities of one graph are which of another."""

from __future__ import annotations

from dataclasses import replace

from papergraph.insight.correspondence import correspond
from papergraph.model import Entity, EntityType


def entity(name: str, *aliases: str, kind: EntityType = "Method", identifiers: tuple[str, ...] = ()) -> Entity:
    return Entity(f"x:{kind}/{name}", kind, name, aliases, identifiers)


A, B = entity("A"), entity("B")


def test_what_keeps_its_iri_is_itself() -> None:
    found = correspond([A, B], [A])
    assert (found.heirs, found.lost, found.new) == ({A.iri: A.iri}, (B,), ())
    assert correspond([A], [A, B]).new == (B,)


def test_a_new_label_type_or_identifier_renames() -> None:
    longer = entity("Heavy Hitter Oracle", "A")
    assert correspond([A], [longer]).renamed == ((A, longer),)
    model = entity("A", kind="Model")
    assert correspond([A], [model]).renamed == ((A, model),)
    paper = entity("A title", kind="Paper", identifiers=("arXiv:2306.00001",))
    other = replace(paper, iri="x:Paper/other", label="Another title")
    assert correspond([paper], [other]).renamed == ((paper, other),)


def test_names_of_other_types_are_other_things() -> None:
    topic = entity("A", kind="Topic")
    found = correspond([A], [topic])
    assert (found.lost, found.new) == ((A,), (topic,))


def test_two_that_become_one_are_merged() -> None:
    both = replace(A, aliases=("B",))
    found = correspond([A, B], [both])
    assert found.merged == (((A, B), both),)
    assert found.heirs == {A.iri: A.iri, B.iri: A.iri}
    third = entity("C", "A", "B")
    assert correspond([A, B], [third]).merged == (((A, B), third),)


def test_one_whose_names_part_is_split() -> None:
    both = replace(A, aliases=("B",))
    found = correspond([both], [A, B])
    assert found.split == ((both, (A, B)),)
    assert (found.new, found.renamed) == ((), ())


def test_a_shared_alias_alone_joins_nothing() -> None:
    one, other = entity("One", "RAG"), entity("Other", "RAG")
    found = correspond([one], [other])
    assert (found.lost, found.new) == ((one,), (other,))
