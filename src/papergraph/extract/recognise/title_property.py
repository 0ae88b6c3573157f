"""Titles that a note marks as such: an item with properties of its own, a cell under a header such as Title."""

from __future__ import annotations

import re
from bisect import bisect_left

from papergraph.extract.reading import Reading, is_page_link
from papergraph.extract.recognise.link_label import is_link_label
from papergraph.extract.recognise.title_span import title_span
from papergraph.extract.title_shapes import is_clear_title, is_sentence, is_title
from papergraph.model import Block, Inline, Span
from papergraph.text.folding import is_chinese

#: Headers of columns that hold the titles of works.
_HEADERS = frozenset(
    {
        "title",
        "paper",
        "paper title",
        "name",
        "file",
        "论文",
        "标题",
        "题目",
        "论文标题",
        "论文题目",
        "论文名称",
        "名称",
        "文章",
    }
)
_MARKUP = " \t*_`"
_QUOTED = re.compile(r"《([^《》\n]{12,250})》")


def propertied_title(reading: Reading, index: int) -> Span | None:
    """Return the clear title in the first line of an item, if all of its other lines are properties, `key:: value`."""
    block = reading.document.blocks[index]
    end = reading.text.find("\n", block.span.start, block.span.end)
    fields = reading.fields_of(index)
    if block.kind != "item" or end < 0 or not fields or any(f.line == block.line for f in fields):
        return None
    below = [line for line in reading.text[end : block.span.end].splitlines() if line.strip()]
    if len(below) != len(fields) or not all("::" in line for line in below):
        return None
    return _clear(reading, Span(block.span.start, end))


def column_title(reading: Reading, index: int) -> Span | None:
    """Return the clear title in a cell under a header such as Title, in a row that links to no paper."""
    cell = reading.document.blocks[index]
    if cell.kind != "cell" or cell.row == 0:
        return None
    header = reading.column_heads.get((cell.table, cell.column), -1)
    if header < 0 or reading.document.blocks[header].span.of(reading.text).strip(_MARKUP).casefold() not in _HEADERS:
        return None
    if reading.once(_links_paper, (cell.table, cell.row)):
        return None
    page = next((i.inner for i in cell.inlines if i.kind in {"link", "wikilink"} and i.inner), None)
    return _clear(reading, page or cell.span)


def _links_paper(reading: Reading, row: tuple[int, int]) -> bool:
    return any(reading.paper_links[i] for i in reading.rows[row])


def stated_title(reading: Reading, link: Inline, start: int) -> Span | None:
    """Return the title that a field of the same block, or 《》 in the same line, gives before a link."""
    titles = reading.once(_title_values, reading.block_at(link.span.start))
    before = bisect_left(titles, link.span.start, key=lambda v: v.end)
    values = [v for v in titles[max(0, before - 1) : before] if v.start >= start]
    line = max(start, reading.text.rfind("\n", start, link.span.start) + 1)
    values += [Span(*m.span(1)) for m in _QUOTED.finditer(reading.text, line, link.span.start)]
    return next((v for v in values if is_title(v.of(reading.text)) and not is_chinese(v.of(reading.text))), None)


def _title_values(reading: Reading, block: int) -> tuple[Span, ...]:
    """Return the values of the fields of a block that give titles, in order."""
    return tuple(f.value for f in reading.fields_of(block) if f.meaning == "title")


def row_title(reading: Reading, block: Block, link: Inline) -> Span | None:
    """Return the title of a table's row in another cell than the link: `| **A title**<br>... | [paper](...) |`."""
    if block.kind != "cell" or not (is_link_label(reading, link) or link.span == block.span):
        return None
    return reading.once(_title_in_row, (block.table, block.row))


def _title_in_row(reading: Reading, row: tuple[int, int]) -> Span | None:
    """Return the first title in the cells of a row that link to no paper."""
    for index in reading.rows[row]:
        cell = reading.document.blocks[index]
        if reading.paper_links[index]:
            continue
        page = next((i.inner for i in cell.inlines if i.span == cell.span and is_page_link(i)), None)
        if page:
            return page
        bold = next((i.inner for i in cell.inlines if i.kind == "bold" and i.span.start == cell.span.start), None)
        span = bold or title_span(reading, cell.span.start, cell.span.end)
        text = span.of(reading.text) if span else ""
        if (is_title(text) and not is_sentence(text)) if bold else is_clear_title(text):
            return span
    return None


def _clear(reading: Reading, place: Span) -> Span | None:
    span = title_span(reading, place.start, place.end)
    return span if span is not None and is_clear_title(span.of(reading.text)) else None
