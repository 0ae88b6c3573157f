"""Relation extraction: every way of finding a relation, in order, over what recognition found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from papergraph.extract.annotation import Annotation
from papergraph.extract.identity import find_identities
from papergraph.extract.relate.credit import relate_credits
from papergraph.extract.relate.field_values import relate_fields
from papergraph.extract.relate.filing import relate_filing
from papergraph.extract.relate.introduction import relate_introductions
from papergraph.extract.relate.maker import relate_makers
from papergraph.extract.relate.nesting import relate_nesting
from papergraph.extract.relate.prose import relate_prose
from papergraph.extract.relate.results import relate_results
from papergraph.extract.relate.setting import relate_settings
from papergraph.extract.relate.tables import relate_tables
from papergraph.extract.relate.title import relate_titles
from papergraph.extract.relate.versions import relate_versions
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
    ("results", relate_results),
    ("settings", relate_settings),
    ("title", relate_titles),
    ("versions", relate_versions),
    ("maker", relate_makers),
    ("prose", relate_prose),
)


def relate(annotation: Annotation) -> tuple[RelationMention, ...]:
    """Return the relation mentions of a note in the order of their evidence; nothing is related to itself.

    One claim is one relation mention per sentence and extractor, whatever forms of its names the sentence repeats.
    """
    same = find_identities(annotation)
    unique: dict[tuple[object, ...], RelationMention] = {}
    for relation in (r for _, relater in RELATERS for r in relater(annotation)):
        subject, obj = same[relation.subject], same[relation.object]
        if subject != obj:
            key = (subject, relation.predicate, obj, relation.span, relation.extractor)
            unique.setdefault(key, relation)
    return tuple(
        sorted(unique.values(), key=lambda r: (r.span.start, r.span.end, r.predicate, r.subject, r.object, r.extractor))
    )
