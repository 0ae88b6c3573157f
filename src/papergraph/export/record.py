"""What one note says, as the plain values that `papergraph extract` prints."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from papergraph.model import Entity, Extraction, RelationMention, Resolution

#: The public format knows one hardware relation; the narrower word goes to `detail`.
_PUBLIC = {"measuredOn": "targetsHardware"}
_HIDDEN = frozenset({"broader"})


def note_record(extraction: Extraction, resolution: Resolution) -> dict[str, Any]:
    """Return the record of one note; `resolution` is that of this extraction alone.

    Entities are numbered `m1`, `m2`, ... in the order in which the note names them first. What the note denies is
    listed apart, under `denied`.
    """
    iris = resolution.mention_entities[0]
    entities = sorted(resolution.entities, key=lambda e: (e.places[0].start, e.places[0].end, e.iri))
    ids = {entity.iri: f"m{number}" for number, entity in enumerate(entities, 1)}
    relations = _relations(extraction, iris, ids)
    return {
        "note": extraction.path,
        "entities": [_entity(ids[e.iri], e) for e in entities],
        "relations": [r for r in relations if r["polarity"] == "positive"],
        "denied": [r for r in relations if r["polarity"] == "negative"],
    }


def _entity(identity: str, entity: Entity) -> dict[str, Any]:
    return {
        "id": identity,
        "type": entity.type,
        "name": entity.label,
        "aliases": list(entity.aliases),
        "identifiers": list(entity.identifiers),
        "mentions": [{"line": p.line, "start": p.start, "end": p.end, "text": p.surface} for p in entity.places],
    }


def _relations(extraction: Extraction, iris: tuple[str, ...], ids: dict[str, str]) -> list[dict[str, Any]]:
    claims: dict[tuple[str, str, str, str], list[RelationMention]] = defaultdict(list)
    for mention in extraction.relations:
        subject, obj = ids[iris[mention.subject]], ids[iris[mention.object]]
        if subject != obj and mention.predicate not in _HIDDEN:
            claims[subject, mention.predicate, obj, mention.polarity].append(mention)
    return [_relation(key, found) for key, found in claims.items()]


def _relation(key: tuple[str, str, str, str], found: list[RelationMention]) -> dict[str, Any]:
    subject, predicate, obj, polarity = key
    detail = {"detail": predicate} if predicate in _PUBLIC else {}
    return {
        "subject": subject,
        "predicate": _PUBLIC.get(predicate, predicate),
        **detail,
        "object": obj,
        "confidence": max(m.confidence for m in found),
        "polarity": polarity,
        "evidence": [
            {
                "line": m.line,
                "start": m.span.start,
                "end": m.span.end,
                "text": m.sentence,
                "extractor": m.extractor,
                "tier": m.tier,
            }
            for m in found
        ],
    }
