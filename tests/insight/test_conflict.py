"""A conflict as a value."""

from __future__ import annotations

from papergraph.insight.conflict import Conflict, Side, first_place, named_at
from papergraph.model import Entity, Place


def test_a_conflict_keeps_its_key_when_lines_move() -> None:
    before = Conflict("a.md:1", "two years", "P has several years", ("x:p",), (Side("a.md", 1, "P"),))
    after = Conflict("a.md:9", "two years", "P has several years", ("x:p",), (Side("a.md", 9, "P"),))
    assert before != after
    assert before.key == after.key == ("two years", "x:p")


def test_an_entity_without_places_has_none() -> None:
    nowhere = Entity("x:p", "Paper", "P")
    somewhere = Entity("x:q", "Paper", "Q", places=(Place("a.md", 2, 0, 1, "Q"),))
    assert (first_place(nowhere), first_place(somewhere)) == ("", "a.md:2")
    assert named_at([nowhere, somewhere]) == (Side("a.md", 2, "Q"),)
