"""Leaving mentions and claims out renumbers what points at the others."""

from __future__ import annotations

from papergraph.extract.propose.without import without
from papergraph.model import Attribute, Coreference, Extraction, Mention, RelationMention, Span


def mention(at: int) -> Mention:
    return Mention(Span(at, at + 1), "x", 1, "Method", f"name {at}", "rule", 0.9)


def claim(subject: int, obj: int, dataset: int = -1) -> RelationMention:
    span = Span(subject, obj)
    return RelationMention(subject, "outperforms", obj, span, 1, "a b", "rule", "prose", 0.9, dataset=dataset)


WHOLE = Extraction(
    "a.md",
    "0",
    mentions=tuple(mention(at) for at in range(4)),
    coreferences=(Coreference(0, 1, "a"), Coreference(2, 3, "b")),
    attributes=(Attribute(1, "year", "2030", 1), Attribute(3, "year", "2031", 1)),
    relations=(claim(0, 2), claim(1, 2), claim(2, 3, dataset=1), claim(0, 3, dataset=2)),
)


def test_what_points_at_a_mention_goes_with_it_and_the_rest_is_renumbered() -> None:
    found = without(WHOLE, {1})
    assert [m.name for m in found.mentions] == ["name 0", "name 2", "name 3"]
    assert found.coreferences == (Coreference(1, 2, "b"),)
    assert found.attributes == (Attribute(2, "year", "2031", 1),)
    assert [(r.subject, r.object, r.dataset) for r in found.relations] == [(0, 1, -1), (1, 2, -1), (0, 2, 1)]


def test_claims_go_by_number() -> None:
    assert without(WHOLE, frozenset(), {0, 2}).relations == (WHOLE.relations[1], WHOLE.relations[3])


def test_leaving_out_nothing_changes_nothing() -> None:
    assert without(WHOLE, frozenset()) == WHOLE
