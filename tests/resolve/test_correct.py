"""Corrections of entities, on mentions made by hand."""

from __future__ import annotations

from papergraph.correction import Correction, Reference
from papergraph.model import EntityType, Extraction, Mention, Span
from papergraph.resolve import Resolved, resolve_corrected
from papergraph.vocabulary import Vocabulary

FIRST, SECOND = "Learning to Forget the Past", "Forgetting Considered Harmless"


def mention(place: int, kind: EntityType, name: str, *identifiers: str) -> Mention:
    return Mention(Span(place, place + len(name)), name, 1, kind, name, "test", 0.9, identifiers=identifiers)


def resolved(*mentions: Mention, rows: tuple[Correction, ...]) -> Resolved:
    return resolve_corrected([Extraction("a.md", "0" * 64, mentions)], Vocabulary(()), rows)


def test_an_entity_that_gets_the_type_of_its_namesake_becomes_one_with_it() -> None:
    mentions = mention(0, "Method", "Zorb"), mention(10, "Topic", "Zorb")
    row = Correction("type", Reference("Zorb", "Topic"), to="Method", path="c.tsv", line=2)
    found = resolved(*mentions, rows=(row,))
    (entity,) = found.resolution.entities
    assert (entity.type, len(entity.places)) == ("Method", 2)
    assert found.resolution.mention_entities == ((entity.iri, entity.iri),)
    assert found.corrected.outcomes[0].state == "applied"


def test_namesakes_that_are_different_stay_two() -> None:
    mentions = mention(0, "Method", "Zorb"), mention(10, "Topic", "Zorb")
    rows = (
        Correction("different", Reference("Zorb", "Topic"), object=Reference("Zorb", "Method"), line=2),
        Correction("type", Reference("Zorb", "Topic"), to="Method", line=3),
    )
    found = resolved(*mentions, rows=rows)
    assert [e.type for e in found.resolution.entities] == ["Method", "Method"]
    assert len({e.iri for e in found.resolution.entities}) == 2


def test_papers_under_one_identifier_are_split_by_their_titles() -> None:
    number, again = "arXiv:2401.00001", f"{FIRST}, Again"
    mentions = mention(0, "Paper", FIRST, number), mention(40, "Paper", again, number)
    row = Correction("different", Reference(FIRST), object=Reference(again), path="c.tsv", line=2)
    assert len(resolved(*mentions, rows=()).resolution.entities) == 1
    found = resolved(*mentions, rows=(row,)).resolution
    by_label = {e.label: e for e in found.entities}
    assert by_label.keys() == {FIRST, again}
    assert sorted(len(e.identifiers) for e in found.entities) == [0, 1]
    assert all(("title", e.label) in e.attributes for e in found.entities if not e.identifiers)
    assert found.mention_entities == ((by_label[FIRST].iri, by_label[again].iri),)


def test_the_order_of_lines_about_different_things_does_not_matter() -> None:
    mentions = mention(0, "Method", "Zorb"), mention(10, "Method", "Quell"), mention(20, "Paper", SECOND)
    rows = (
        Correction("label", Reference("Zorb"), to="Zorbing", line=2),
        Correction("not-entity", Reference("Quell"), line=3),
        Correction("type", Reference(SECOND), to="Topic", line=4),
    )
    one, other = resolved(*mentions, rows=rows), resolved(*mentions, rows=rows[::-1])
    assert one.resolution == other.resolution
    assert one.resolution.mention_entities[0][1] == ""
