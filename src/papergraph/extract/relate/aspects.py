"""Tables on one work: a row says what the work has of a kind, `| RL algorithm | MGPO |`, `| 骨干 | ViT |`."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.relate.doubt import is_denied
from papergraph.extract.table_headers import header_meaning
from papergraph.model import Block, Predicate, RelationMention, Span
from papergraph.text.folding import is_chinese

#: Rows below the header of such a table at least, and columns at most.
_FEWEST, _MOST_COLUMNS = 3, 3
#: Letters of a value that belong to no name; of Chinese, which says as much in fewer.
_FREE, _FREE_CHINESE = 24, 6
_WORKS = ("Method", "Model", "Paper", "Dataset")


def relate_aspects(context: Context) -> Iterator[RelationMention]:
    """Yield what the rows of a table of keys and values say of the one work that the table is about."""
    for cells in context.reading.tables.values():
        subject = _subject(context, cells)
        for key, value in _rows(cells) if subject >= 0 else ():
            yield from _row(context, subject, key, value)


def _subject(context: Context, cells: list[Block]) -> int:
    """Return what a table of keys and values is about; -1 for a table of another kind.

    Its first column names no works, nor does its header, and it has a row that says what it means.
    """
    rows = max(c.row for c in cells)
    keys = [c for c in cells if c.column == 0 and c.row > 0]
    if rows < _FEWEST or not 0 < max(c.column for c in cells) < _MOST_COLUMNS:
        return -1
    named = sum(_names_work(context, c) for c in cells if c.column == 0 or c.row == 0)
    told = sum(_meaning(context, key) is not None for key in keys)
    if named or not told:
        return -1
    subject = context.about(context.reading.block_at(cells[0].span.start), in_table=False)
    return subject if subject >= 0 and context.mentions[subject].type in _WORKS else -1


def _names_work(context: Context, cell: Block) -> bool:
    return any(not context.is_technique(i) for i in context.within(cell.span, *_WORKS))


def _rows(cells: list[Block]) -> Iterator[tuple[Block, Block]]:
    values = {c.row: c for c in cells if c.column == 1}
    for key in cells:
        if key.column == 0 and key.row > 0 and key.row in values:
            yield key, values[key.row]


def _meaning(context: Context, key: Block) -> Predicate | None:
    """Return what the names of a row are to the work: by its key, or as parts where the key is a technique itself."""
    meaning = header_meaning(key.span.of(context.text))
    return "uses" if meaning is None and next(context.within(key.span, "Method"), -1) >= 0 else meaning


def _row(context: Context, subject: int, key: Block, value: Block) -> Iterator[RelationMention]:
    predicate = _meaning(context, key)
    values = context.within(value.span) if _is_list(context, value.span) else ()
    names = [*context.within(key.span, "Method"), *values]
    for index in names if predicate else ():
        place = context.mentions[index].span
        stated: Predicate = "uses" if key.span.covers(place) or predicate is None else predicate
        if is_denied(context.text, place.start) or context.is_same(subject, index):
            continue
        if context.fits(stated, subject, index):
            span = Span(key.span.start, value.span.end)
            yield context.claim(subject, stated, index, span, "aspect", "structure")


def _is_list(context: Context, value: Span) -> bool:
    """Tell whether a value is names and hardly more; a sentence may say anything of them."""
    text = value.of(context.text)
    for i in context.within(value):
        text = text.replace(context.mentions[i].surface, "")
    return sum(map(str.isalnum, text)) <= _FREE and sum(map(is_chinese, text)) <= _FREE_CHINESE
