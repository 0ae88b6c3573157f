"""Columns of a table whose header is a known key: each cell below is a field of its row, as databases export them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from papergraph.model import Block, Field
from papergraph.sources.notes.fields import make_field, meaning_of

#: What a column may say of the work in its row; a column of methods, datasets or devices may be one of results.
_SAID = frozenset({"authors", "venue", "year", "tags", "doi"})
_MARKUP = " \t*_`"


def column_fields(text: str, blocks: Sequence[Block]) -> Iterator[Field]:
    r"""Yield a field for each cell under a header such as `Authors`, `Venue`, `Year`, `Tags`; empty cells have none.

    >>> from papergraph.sources import parse_document
    >>> note = parse_document("| Name | Venue |\n| --- | --- |\n| Zorb | ICML |\n", "a.md")
    >>> [(f.key, f.value.of(note.text)) for f in note.fields]
    [('venue', 'ICML')]
    """
    headers: dict[tuple[int, int], str] = {}
    for index, block in enumerate(blocks):
        if block.kind != "cell":
            continue
        column = (block.table, block.column)
        if block.row == 0:
            headers[column] = block.span.of(text).strip(_MARKUP)
        elif (key := headers.get(column, "")) and meaning_of(key.casefold()) in _SAID:
            yield make_field(key.casefold(), block.span, text, block.line, index)
