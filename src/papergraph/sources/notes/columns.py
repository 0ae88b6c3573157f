"""Tables that hold fields: columns under a known key, as databases export them, and rows of a key and its value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from papergraph.model import Block, Field
from papergraph.sources.notes.fields import make_field, meaning_of

#: What a column may say of the work in its row; a column of methods, datasets or devices may be one of results.
_SAID = frozenset({"authors", "venue", "year", "tags", "doi"})
#: What a row may say of the one work that a table of keys and values describes.
_SAID_IN_PAIRS = _SAID | {"title", "institution", "arxiv", "code", "dataset", "hardware"}
_FEWEST_PAIRS = 2
_MARKUP = " \t*_`:："


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


def pair_fields(text: str, blocks: Sequence[Block]) -> Iterator[Field]:
    r"""Yield a field for each row of a table of two columns whose first holds known keys: `| 机构 | MIT |`.

    >>> from papergraph.sources import parse_document
    >>> note = parse_document("| item | value |\n| --- | --- |\n| Venue | ICML |\n| 作者 | 李明 |\n", "a.md")
    >>> [(f.key, f.value.of(note.text)) for f in note.fields]
    [('venue', 'ICML'), ('作者', '李明')]
    """
    tables: dict[int, list[tuple[int, Block]]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.kind == "cell":
            tables[block.table].append((index, block))
    for cells in tables.values():
        if max(block.column for _, block in cells) != 1:
            continue
        values = {block.row: (index, block) for index, block in cells if block.column == 1}
        keys = [(b.row, b.span.of(text).strip(_MARKUP).casefold()) for _, b in cells if b.column == 0]
        known = [(row, key) for row, key in keys if row in values and meaning_of(key) in _SAID_IN_PAIRS]
        if sum(row > 0 for row, _ in known) < _FEWEST_PAIRS or len(known) * 2 < len(keys):
            continue
        for row, key in known:
            index, block = values[row]
            if row > 0 or meaning_of(key) != "code":
                yield make_field(key, block.span, text, block.line, index)
