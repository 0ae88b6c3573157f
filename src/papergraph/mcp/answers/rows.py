"""The answer to a query as items: one for each row, whose place and sentence, if it has them, are evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from papergraph.ask.answer import Answer, short_term
from papergraph.mcp.found import Item, Quote

#: The columns in which ready-made queries give the sentence of a row.
_PLACE, _NOTE, _LINE, _SENTENCE, _CONFIDENCE = "place", "note", "line", "sentence", "confidence"


def row_items(answer: Answer) -> tuple[Item, ...]:
    """Return the rows; of an ASK query its truth, of a CONSTRUCT its triples."""
    if answer.kind == "ask":
        return (Item("yes" if answer.truth else "no"),)
    return tuple(_row(answer.variables, row, answer.base) for row in answer.rows)


def _row(variables: Sequence[str], terms: Sequence[Any], base: str) -> Item:
    values = {v: short_term(t, base) for v, t in zip(variables, terms, strict=True) if t is not None}
    note, _, line = (values.get(_PLACE) or f"{values.get(_NOTE, '')}:{values.get(_LINE, '')}").rpartition(":")
    if _SENTENCE not in values or not (note and line.isascii() and line.isdigit() and len(line) < 10):
        return Item("", row=values)
    confidence = _number(values.pop(_CONFIDENCE, ""))
    for column in (_PLACE, _NOTE, _LINE):
        values.pop(column, None)
    quote = Quote(note, int(line), values.pop(_SENTENCE), confidence)
    return Item("", confidence=confidence, quotes=(quote,), row=values)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
