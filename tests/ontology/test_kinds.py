"""The kinds of things, and their orders."""

from __future__ import annotations

from papergraph.model import ENTITY_TYPES
from papergraph.ontology.kinds import KINDS, LIKELIEST, LISTED, THINGS, group_of, narrowest
from papergraph.ontology.terms import DOMAINS


def test_every_kind_has_a_place_in_iris_and_in_the_order_of_choice() -> None:
    assert KINDS.keys() - set(ENTITY_TYPES) == {"Note", "Statement", "Evidence"}
    assert sorted(LIKELIEST) == sorted(ENTITY_TYPES)
    assert len(set(KINDS.values())) == len(KINDS)


def test_things_are_what_the_ontology_lets_a_paper_introduce() -> None:
    assert set(DOMAINS["introduces"][1]) == THINGS < LISTED


def test_the_narrowest_kind_is_one_that_counts_as_no_other_of_them() -> None:
    for kind in ENTITY_TYPES:
        assert narrowest({kind, group_of(kind), "Entity"}) == kind
    assert narrowest({"Entity", "Note"}) is None
