"""Tables that are written in HTML, as editors export them: their cells, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TABLE = re.compile(r"<table\b[^<>]*>", re.IGNORECASE)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_CELL = re.compile(r"<t[hd]\b[^<>]*>(?P<text>(?:[^<]|<(?!/?t[dhr]\b|/?table\b))*+)", re.IGNORECASE)
_LEADING_TAGS = re.compile(r"(?:\s|<[^<>]*>)+")
_TRAILING_TAGS = re.compile(r"(?:\s|<[^<>]{0,200}>)+$")


class HtmlCell(NamedTuple):
    """A cell by its row and column from 0, rows without text left out; its text has no tags around it."""

    row: int
    column: int
    start: int
    end: int


class HtmlTable(NamedTuple):
    """A table, and where it starts and ends."""

    start: int
    end: int
    cells: tuple[HtmlCell, ...]


def html_tables(text: str, start: int, end: int) -> Iterator[HtmlTable]:
    """Yield the tables in a part of a text, in order; one that is not closed reaches up to `end`.

    >>> text = "<table><tr><td><b>H2O</b></td><td>71</td></tr></table>"
    >>> [text[c.start : c.end] for c in next(html_tables(text, 0, len(text))).cells]
    ['H2O', '71']
    """
    while opening := _TABLE.search(text, start, end):
        closing = _END.search(text, opening.end(), end)
        stop = closing.end() if closing else end
        yield HtmlTable(opening.start(), stop, tuple(_cells(text, opening.end(), stop)))
        start = stop


def _cells(text: str, start: int, end: int) -> Iterator[HtmlCell]:
    rows = [m.start() for m in _ROW.finditer(text, start, end)]
    number = -1
    for first, last in zip(rows, [*rows[1:], end], strict=True):
        filled = False
        for column, cell in enumerate(_CELL.finditer(text, first, last)):
            begin, stop = cell.span("text")
            leading = _LEADING_TAGS.match(text, begin, stop)
            begin = leading.end() if leading else begin
            trailing = _TRAILING_TAGS.search(text, begin, stop)
            stop = trailing.start() if trailing else stop
            if begin < stop:
                number, filled = number + (not filled), True
                yield HtmlCell(number, column, begin, stop)
