"""Fields that state a relation: `dataset: X`, `hardware: Y`, `extends:: [[H2O]]`, `Authors: A, B`."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.model import Predicate, RelationMention, Span

#: Letters of a list of methods that belong to no name: `and`, `, a new decoder`.
_FREE_CHARACTERS = 20
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


def relate_fields(context: Context) -> Iterator[RelationMention]:
    """Yield the relation that each field of an entry states with the names in its value."""
    for field in context.document.fields:
        predicate = _PREDICATES.get(field.meaning)
        if predicate is None:
            continue
        entry = context.entry_of(max(0, field.block))
        if entry is None:
            continue
        if predicate == "introduces" and not _is_list(context, field.value):
            continue
        subject = entry.paper if predicate in {"authoredBy", "introduces"} else context.subject(entry)
        for obj in context.within(field.value):
            if subject >= 0 and obj != subject and context.fits(predicate, subject, obj):
                yield context.claim(subject, predicate, obj, field.value, f"field-{field.meaning}", "structure")


def _is_list(context: Context, value: Span) -> bool:
    """Tell whether a value is names and hardly more: a sentence on a method speaks of other methods too."""
    named = sum(len(context.mentions[i].surface) for i in context.within(value))
    return sum(c.isalnum() for c in value.of(context.text)) - named <= _FREE_CHARACTERS
