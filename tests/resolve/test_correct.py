"""Corrections of entities, on mentions made by hand."""

from __future__ import annotations

from dataclasses import replace

from papergraph.correction import Correction, Reference
from papergraph.model import Attribute, EntityType, Extraction, Mention, Span
from papergraph.resolve import Resolved, resolve_corrected
from papergraph.vocabulary import Vocabulary

FIRST, SECOND = "Learning to Forget the Past", "Forgetting Considered Harmless"


def mention(place: int, kind: EntityType, name: str, *identifiers: str) -> Mention:
    return Mention(Span(place, place + len(name)), name, 1, kind, name, "test", 0.9, identifiers=identifiers)


def resolved(*mentions: Mention, rows: tuple[Correction, ...], attributes: tuple[Attribute, ...] = ()) -> Resolved:
    return resolve_corrected([Extraction("a.md", "0" * 64, mentions, (), attributes)], Vocabulary(()), rows)


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


def different(left: str, right: str, line: int) -> Correction:
    return Correction("different", Reference(left), object=Reference(right), path="c.tsv", line=line)


def test_what_a_split_took_along_does_not_come_back_with_the_next() -> None:
    number = "arXiv:2401.00001"
    titles = FIRST, f"{FIRST}, Again", f"{FIRST}, At Last"
    mentions = [mention(60 * place, "Paper", title, number) for place, title in enumerate(titles)]
    years = tuple(Attribute(place, "year", f"202{place}", 1) for place in range(3))
    rows = different(titles[0], titles[1], 2), different(titles[0], titles[2], 3)
    found = resolved(*mentions, rows=rows, attributes=years)
    assert [outcome.state for outcome in found.corrected.outcomes] == ["applied", "applied"]
    dated = {e.label: [value for key, value in e.attributes if key == "year"] for e in found.resolution.entities}
    assert dated == {title: [f"202{place}"] for place, title in enumerate(titles)}


def test_what_was_split_off_is_split_again() -> None:
    number = "arXiv:2401.00001"
    again = f"{FIRST}, Again"
    one, other = mention(0, "Paper", FIRST, number), mention(60, "Paper", again, number)
    third = replace(mention(120, "Paper", FIRST, number), surface="Agane", span=Span(120, 125))
    rows = different(again, FIRST, 2), different(FIRST, "Agane", 3)
    found = resolved(one, other, third, rows=rows)
    assert [outcome.state for outcome in found.corrected.outcomes] == ["applied", "applied"]
    by_label = {e.label: e for e in found.resolution.entities}
    assert by_label.keys() == {FIRST, again, "Agane"}
    assert found.resolution.mention_entities == (tuple(by_label[name].iri for name in (FIRST, again, "Agane")),)
    assert all(("title", e.label) in e.attributes for e in by_label.values() if not e.identifiers)
