"""Relation extraction: every way of finding a relation, in order, over what recognition found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from papergraph.extract.annotation import Annotation
from papergraph.extract.relate.credit import relate_credits
from papergraph.extract.relate.fields import relate_fields
from papergraph.extract.relate.filing import relate_filing
from papergraph.extract.relate.introduction import relate_introductions
from papergraph.extract.relate.nesting import relate_nesting
from papergraph.extract.relate.prose import relate_prose
from papergraph.extract.relate.tables import relate_tables
from papergraph.extract.relate.title import relate_titles
from papergraph.model import RelationMention

Relater = Callable[[Annotation], Iterable[RelationMention]]

#: Structure first, prose second.
RELATERS: tuple[tuple[str, Relater], ...] = (
    ("introduction", relate_introductions),
    ("credit", relate_credits),
    ("filing", relate_filing),
    ("fields", relate_fields),
    ("nesting", relate_nesting),
    ("tables", relate_tables),
    ("title", relate_titles),
    ("prose", relate_prose),
)


def relate(annotation: Annotation) -> tuple[RelationMention, ...]:
    """Return the relation mentions of a note in the order of their evidence; nothing is related to itself."""
    found = [r for _, relater in RELATERS for r in relater(annotation)]
    unique: dict[tuple[object, ...], RelationMention] = {}
    for relation in found:
        key = (relation.subject, relation.predicate, relation.object, relation.span, relation.extractor)
        unique.setdefault(key, relation)
    kept = (r for r in unique.values() if not _same_name(annotation, r))
    return tuple(sorted(kept, key=lambda r: (r.span.start, r.span.end, r.predicate, r.subject, r.object, r.extractor)))


def _same_name(annotation: Annotation, relation: RelationMention) -> bool:
    subject, obj = annotation.mentions[relation.subject], annotation.mentions[relation.object]
    if relation.subject == relation.object:
        return True
    if subject.vocabulary and subject.vocabulary == obj.vocabulary:
        return True
    return subject.type == obj.type and subject.name.casefold() == obj.name.casefold()
