"""Pages of an answer: cut by number and size, continued with a cursor that fits one question and one graph only."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, replace

from papergraph.errors import QueryError
from papergraph.mcp.found import Found, Item, Quote
from papergraph.ontology.iri import digest
from papergraph.text.terminal import printable

#: Characters of one page, of a sentence, and of any other text on it.
MOST_CHARACTERS, _SENTENCE, _TEXT = 16_000, 600, 400
#: Values of a row, and other lists, that are shown.
_VALUES = 40


@dataclass(frozen=True, slots=True)
class Page:
    """A part of an answer, short enough for a model to read."""

    found: Found
    """With the items of this page only."""
    start: int
    """How many items come before it."""
    total: int
    next: str
    """Cursor of the next page; empty on the last."""


def cut(found: Found, question: str, cursor: str, limit: int) -> Page:
    """Return the page of `found` that begins at `cursor`, of at most `limit` items; a page has an item at least.

    `question` says what was asked of which graph.

    Raises:
        QueryError: for a cursor of another question or graph.
    """
    start = _offset(cursor, question) if cursor else 0
    chosen: list[Item] = []
    size = 0
    for item in map(_fitting, found.items[start : start + limit]):
        size += _size(item)
        if chosen and size > MOST_CHARACTERS:
            break
        chosen.append(item)
    end, total = start + len(chosen), len(found.items)
    return Page(_cut_heads(found, chosen), start, total, _cursor(end, question) if end < total else "")


def _cut_heads(found: Found, chosen: Iterable[Item]) -> Found:
    about, others = (
        tuple(replace(t, label=shown(t.label)) for t in things[:_VALUES]) for things in (found.about, found.others)
    )
    near = tuple(map(shown, found.near[:_VALUES]))
    return Found(tuple(chosen), about, others, near, shown(found.message))


def shown(text: str, most: int = _TEXT) -> str:
    r"""Return a text on one line, without control characters, cut to `most` characters.

    >>> shown("a\n b"), shown("abc", 2)
    ('a b', 'a…')
    """
    text = printable(text[: 2 * most])
    return text if len(text) <= most else text[: most - 1] + "…"


def _fitting(item: Item) -> Item:
    """Return an item as it is shown: each of its texts on one line and of bounded length."""
    row = [*item.row.items()][:_VALUES]
    each = max(_TEXT, MOST_CHARACTERS // 2 // max(1, len(row)))
    return replace(
        item,
        text=shown(item.text, 2 * _TEXT),
        kind=shown(item.kind),
        ids=tuple(map(shown, item.ids[:_VALUES])),
        quotes=tuple(_fitting_quote(q) for q in item.quotes),
        row={shown(name, 60): shown(value, each) for name, value in row},
    )


def _fitting_quote(quote: Quote) -> Quote:
    return replace(quote, note=shown(quote.note), sentence=shown(quote.sentence, _SENTENCE))


def _size(item: Item) -> int:
    parts = [
        item.text,
        item.kind,
        *item.ids,
        *(q.note + q.sentence for q in item.quotes),
        *item.row,
        *item.row.values(),
    ]
    return sum(len(part) + 8 for part in parts)


def _cursor(offset: int, question: str) -> str:
    return base64.urlsafe_b64encode(f"{offset}.{digest(question, length=10)}".encode()).decode().rstrip("=")


def _offset(cursor: str, question: str) -> int:
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii", "replace") + b"=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        text = ""
    number, _, key = text.partition(".")
    if key != digest(question, length=10) or not (number.isascii() and number.isdigit()):
        raise QueryError("this cursor is not one of this question, or the notes have changed; ask without it")
    return int(number)
