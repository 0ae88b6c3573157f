"""The graph as rows of plain values, for data frames, Parquet and SQLite: entities, relations, evidence, mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from papergraph.model import Entity, Evidence, Graph, Place

#: Texts, numbers, truth values and lists of texts; None where the notes say nothing.
Row = tuple[Any, ...]
#: Types of columns, as Python has them.
Types = dict[str, type]
#: Attributes that have columns of their own.
_OWN = ("title", "year", "venue", "url", "code")

ENTITIES: Types = {
    "iri": str,
    "type": str,
    "label": str,
    "aliases": list,
    "identifiers": list,
    "title": str,
    "year": int,
    "venue": str,
    "url": str,
    "code": str,
    "mentions": int,
    "note": str,
    "line": int,
}
RELATIONS: Types = {
    "iri": str,
    "subject": str,
    "subject_label": str,
    "subject_type": str,
    "predicate": str,
    "object": str,
    "object_label": str,
    "object_type": str,
    "confidence": float,
    "polarity": str,
    "asserted": bool,
    "evidence": int,
    "dataset": str,
    "metric": str,
}
EVIDENCE: Types = {
    "iri": str,
    "relation": str,
    "supports": bool,
    "note": str,
    "line": int,
    "start": int,
    "end": int,
    "sentence": str,
    "extractor": str,
    "tier": str,
    "confidence": float,
}
MENTIONS: Types = {"entity": str, "note": str, "line": int, "start": int, "end": int, "surface": str}


@dataclass(frozen=True, slots=True)
class Listing:
    """One table of a graph."""

    name: str
    types: Types
    """Columns, in order, and the type of their values."""
    rows: Callable[[Graph], Iterator[Row]]


def entity_rows(graph: Graph) -> Iterator[Row]:
    """Yield a row for each entity, by `ENTITIES`; of several values of an attribute the first."""
    for entity in graph.entities:
        yield entity_row(entity, len(entity.places), entity.places[0] if entity.places else None)


def entity_row(entity: Entity, mentions: int, first: Place | None) -> Row:
    """Return the row of an entity with so many mentions, the first of which stands at a place."""
    values = dict(reversed(entity.attributes))
    own: list[Any] = [values.get(key) for key in _OWN]
    own[1] = year_of(entity)
    names: Row = (entity.iri, entity.type, entity.label, list(entity.aliases), list(entity.identifiers))
    where: Row = (first.note, first.line) if first else (None, None)
    return (*names, *own, mentions, *where)


def year_of(entity: Entity) -> int | None:
    """Return the first year that the notes give, as a number."""
    year = next((v for k, v in entity.attributes if k == "year"), "")
    return int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None


def relation_rows(graph: Graph) -> Iterator[Row]:
    """Yield a row for each claim, denied ones too, by `RELATIONS`."""
    known = {e.iri: (e.iri, e.label, e.type) for e in graph.entities}
    for relation in graph.relations:
        claim = (relation.confidence, relation.polarity, graph.asserts(relation), len(relation.evidence))
        more = (relation.dataset or None, relation.metric or None)
        yield (relation.iri, *known[relation.subject], relation.predicate, *known[relation.object], *claim, *more)


def evidence_rows(graph: Graph) -> Iterator[Row]:
    """Yield a row for each sentence of a claim, by `EVIDENCE`; weaker ones that say the opposite do not support it."""
    for relation in graph.relations:
        yield from (evidence_row(e, relation.iri, supports=True) for e in relation.evidence)
        yield from (evidence_row(e, relation.iri, supports=False) for e in relation.contradicted)


def evidence_row(evidence: Evidence, relation: str, *, supports: bool) -> Row:
    """Return the row of one sentence for the claim with the IRI `relation`, or against it."""
    place = (evidence.note, evidence.line, evidence.start, evidence.end, evidence.sentence)
    return (evidence.iri, relation, supports, *place, evidence.extractor, evidence.tier, evidence.confidence)


def mention_rows(graph: Graph) -> Iterator[Row]:
    """Yield a row for each place where an entity is named, by `MENTIONS`."""
    for entity in graph.entities:
        yield from ((entity.iri, p.note, p.line, p.start, p.end, p.surface) for p in entity.places)


#: Every table, by name.
LISTINGS: dict[str, Listing] = {
    listing.name: listing
    for listing in (
        Listing("entities", ENTITIES, entity_rows),
        Listing("relations", RELATIONS, relation_rows),
        Listing("evidence", EVIDENCE, evidence_rows),
        Listing("mentions", MENTIONS, mention_rows),
    )
}
