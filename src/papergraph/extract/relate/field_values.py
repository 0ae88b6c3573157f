"""Fields that state a relation: `dataset: X`, `hardware: Y`, `extends:: [[H2O]]`, `Authors: A, B`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.relate.discourse import speaks_of_others
from papergraph.extract.word_lists import word_pattern
from papergraph.model import Predicate, RelationMention, Span
from papergraph.text.folding import is_chinese

#: Letters of a list of methods that belong to no name: `and`, `, a new decoder`.
_FREE_CHARACTERS = 20
#: What is said of methods, whose values may be sentences that speak of others too.
_OF_NAMES = frozenset({"introduces", "extends", "improvesOn", "uses", "comparedWith", "outperforms"})
#: What is said of data, whose values may be sentences on what others use.
_OF_DATA = frozenset({"evaluatedOn", "trainedOn"})
_CLAUSE_START = re.compile(r"[，,、。；;(（)）\n]")
_CLAUSE_END = re.compile(r"[，,。；;\n]|$")
#: A verb before the first name of a value: `replaces attention by ...`, 用 X 代替 Y.
_DOES = re.compile(
    r"\b(?!(?:propos|introduc|present|develop|describ|nam|call|bas)\w+\b)[a-z]{2,}(?:s|ing|ed)\b"
    r"|\b(?:use|apply|combine|replace|train|add)\b|[用以把将在对从给换去]",
)
#: Of Chinese, which says as much in fewer: 和, 以及.
_FREE_CHINESE = 3
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
        if predicate in _OF_NAMES and not _is_list(context, field.value):
            continue
        if predicate == "introduces" and _says_what_it_does(context, field.value):
            continue
        if predicate in _OF_DATA and _speaks_of_others(context, field.value):
            continue
        subject = entry.paper if predicate in {"authoredBy", "introduces"} else context.subject(entry)
        for obj in context.within(field.value):
            if subject < 0 or obj == subject or _is_denied(context, field.value, obj):
                continue
            if context.fits(predicate, subject, obj):
                yield context.claim(subject, predicate, obj, field.value, f"field-{field.meaning}", "structure")


def _speaks_of_others(context: Context, value: Span) -> bool:
    """Tell whether a value begins with what there is at large: `many data sets are open, such as ...`."""
    text = value.of(context.text)
    end = _CLAUSE_END.search(text)
    return end is not None and speaks_of_others(text, end.start())


def _is_denied(context: Context, value: Span, obj: int) -> bool:
    """Tell whether the clause of a name in a value says that it is not meant: `LongBench（没有测 RULER）`."""
    before = context.text[value.start : context.mentions[obj].span.start]
    return _denial().search(_CLAUSE_START.split(before)[-1]) is not None


@cache
def _denial() -> re.Pattern[str]:
    english, chinese = (word_pattern("discourse", f"negation_{language}") for language in ("en", "zh"))
    return re.compile(rf"{chinese}|\b(?:{english}|no|except)\b|除了|未", re.IGNORECASE)


def _says_what_it_does(context: Context, value: Span) -> bool:
    """Tell whether a value is what a work does with others, and not the names of what it proposes."""
    first = next((context.mentions[i].span.start for i in context.within(value)), value.start)
    return _DOES.search(context.text, value.start, max(first, value.start)) is not None


def _is_list(context: Context, value: Span) -> bool:
    """Tell whether a value is names and hardly more: a sentence on a method speaks of other methods too."""
    text = value.of(context.text)
    for i in context.within(value):
        text = text.replace(context.mentions[i].surface, "")
    return sum(map(str.isalnum, text)) <= _FREE_CHARACTERS and sum(map(is_chinese, text)) <= _FREE_CHINESE
