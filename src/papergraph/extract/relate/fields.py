"""Fields that state a relation: `dataset: X`, `hardware: Y`, `extends:: [[H2O]]`, `Authors: A, B`."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.annotation import Annotation
from papergraph.extract.relate.context import Context
from papergraph.model import Predicate, RelationMention

_PREDICATES: dict[str, Predicate] = {
    "dataset": "evaluatedOn",
    "training": "trainedOn",
    "hardware": "targetsHardware",
    "authors": "authoredBy",
    "method": "introduces",
    "extends": "extends",
    "improves": "improvesOn",
    "uses": "uses",
    "compares": "comparedWith",
    "outperforms": "outperforms",
}


def relate_fields(annotation: Annotation) -> Iterator[RelationMention]:
    """Yield the relation that each field of an entry states with the names in its value."""
    context = Context(annotation)
    for field in annotation.document.fields:
        predicate = _PREDICATES.get(field.meaning)
        if predicate is None:
            continue
        entry = context.entry_of(max(0, field.block))
        if entry is None:
            continue
        subject = entry.paper if predicate in {"authoredBy", "introduces"} else context.subject(entry)
        for obj in context.within(field.value):
            if subject >= 0 and obj != subject and context.fits(predicate, subject, obj):
                yield context.claim(subject, predicate, obj, field.value, f"field-{field.meaning}", "structure", 0.95)
