"""Tables of works: a row is about the work in it, and the header says what the other cells are to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.table_headers import header_meaning
from papergraph.model import Block, RelationMention, Span
from papergraph.text.folding import is_chinese

#: Works in the header of a table whose columns are works.
_FEWEST_WORKS = 2
#: A longer cell is sentences, which may say anything of the names in them; Chinese says as much in fewer letters.
_LONGEST, _LONGEST_CHINESE = 100, 30
#: Behind the name of a work in a cell: brackets, a link, a line with more on it.
_BEHIND = re.compile(
    r"[(（\[][^()（）\[\]]{0,120}[)）\]]|https?://\S+|(?:<br\s?/?>|[,，:：;；|]|\s[-–—]\s).*|\b(?:19|20)\d\d\b|<[^<>]*>",
    re.DOTALL,
)
#: Around what is set in bold at the head of a line of a cell: `<br>**Zorb gate**: ...`.
_LINE, _COLON = re.compile(r"(?:^|<br\s?/?>|\n)\s*(?:\d\.\s?|[-•]\s?)?$", re.IGNORECASE), re.compile(r"\s?[:：]")


def relate_tables(context: Context) -> Iterator[RelationMention]:
    """Yield the relations of each row's work with what its other cells name, by the words of the header."""
    rows: dict[tuple[int, int], list[Block]] = defaultdict(list)
    for block in context.document.blocks:
        if block.kind == "cell":
            rows[block.table, block.row].append(block)
    for (table, row), cells in sorted(rows.items()):
        if row > 0:
            header = {c.column: c.span.of(context.text).casefold() for c in rows.get((table, 0), ())}
            yield from _row(context, cells, header)
            yield from _parts(context, cells)
    tables: dict[int, list[list[Block]]] = defaultdict(list)
    for (table, _), cells in sorted(rows.items()):
        tables[table].append(cells)
    for lines in tables.values():
        yield from _turned(context, lines)


def _turned(context: Context, rows: list[list[Block]]) -> Iterator[RelationMention]:
    """Yield the relations of a table whose columns are works, and whose first column says what the rows hold."""
    heads = [c for c in rows[0] if c.row == 0 and c.column > 0]
    works = {c.column: next(context.within(c.span, "Method", "Model"), -1) for c in heads}
    if len(heads) < _FEWEST_WORKS or min(works.values()) < 0:
        return
    for key, *cells in rows[1:]:
        predicate = header_meaning(key.span.of(context.text).casefold()) if key.column == 0 else None
        for cell in cells if predicate else ():
            work = works.get(cell.column, -1)
            for obj in context.within(cell.span) if work >= 0 else ():
                if predicate and obj != work and context.fits(predicate, work, obj):
                    span = Span(key.span.start, cells[-1].span.end)
                    yield context.claim(work, predicate, obj, span, "table", "structure")


def _row(context: Context, cells: list[Block], header: dict[int, str]) -> Iterator[RelationMention]:
    head = _head(context, cells)
    subject = _subject(context, head)
    if subject < 0:
        return
    span = Span(cells[0].span.start, cells[-1].span.end)
    yield from _papers(context, head, subject, span)
    for cell in cells:
        predicate = header_meaning(header.get(cell.column, ""))
        if cell is head or predicate is None or (predicate == "evaluatedOn" and _lacks_result(context, cells)):
            continue
        if _is_sentences(cell.span.of(context.text)):
            continue
        for obj in context.within(cell.span):
            if obj != subject and context.fits(predicate, subject, obj):
                yield context.claim(subject, predicate, obj, span, "table", "structure")


def _papers(context: Context, head: Block, subject: int, span: Span) -> Iterator[RelationMention]:
    """Yield that the papers of a row introduce what its first cell names; where that names parts, they use those."""
    if not head.span.covers(context.mentions[subject].span):
        return
    for paper in context.within(span, "Paper"):
        if context.mentions[paper].span.covers(context.mentions[subject].span):
            continue
        if is_whole(context, head, subject):
            if context.fits("introduces", paper, subject):
                yield context.claim(paper, "introduces", subject, span, "table", "structure")
            continue
        for part in context.within(head.span, "Method"):
            if context.is_technique(part):
                yield context.claim(paper, "uses", part, span, "table", "structure")


def is_whole(context: Context, cell: Block, work: int) -> bool:
    """Tell whether a cell is the name of a work and, at most, who made it and when: `Zorb (Quill et al., 2019)`."""
    place = context.mentions[work].span
    around = context.text[cell.span.start : place.start] + _BEHIND.sub("", context.text[place.end : cell.span.end])
    return not any(map(str.isalpha, around))


def _is_sentences(cell: str) -> bool:
    return len(cell) > _LONGEST or sum(map(is_chinese, cell)) > _LONGEST_CHINESE


def _parts(context: Context, cells: list[Block]) -> Iterator[RelationMention]:
    """Yield what the cells behind a work explain line by line, each line behind a name in bold: the work's parts."""
    for cell in cells[1:]:
        subject = context.row_heads.get(context.reading.block_at(cell.span.start), -1)
        for bold in cell.inlines if subject >= 0 else ():
            heads = bold.kind == "bold" and _LINE.search(context.text[cell.span.start : bold.span.start])
            if not heads or bold.inner is None or not (_COLON.match(context.text, bold.span.end)):
                continue
            for part in context.within(bold.inner, "Method"):
                if not context.is_same(part, subject):
                    span = Span(cells[0].span.start, cells[-1].span.end)
                    yield context.claim(subject, "uses", part, span, "table", "structure")


def _lacks_result(context: Context, cells: list[Block]) -> bool:
    """Tell whether a row holds a dash where others have a result."""
    return any(cell.span.of(context.text).strip() in {"-", "–", "—", "/", "N/A"} for cell in cells)


def _head(context: Context, cells: list[Block]) -> Block:
    """Return the cell that says what a row is about: the first, or the one with its paper behind a number or a date."""
    if next(context.within(cells[0].span, "Method", "Model", "Paper"), -1) >= 0:
        return cells[0]
    return next((c for c in cells if next(context.within(c.span, "Paper"), -1) >= 0), cells[0])


def _subject(context: Context, head: Block) -> int:
    """Return what a row is about: what its entry's paper contributes, else the first method or paper of its cell."""
    entry = context.entry_of(context.reading.block_at(head.span.start))
    if entry is not None and entry.paper >= 0 and head.span.covers(context.mentions[entry.paper].span):
        return context.subject(entry)
    works = list(context.within(head.span, "Method", "Model", "Paper"))
    return next((w for w in works if context.mentions[w].type != "Paper"), works[0] if works else -1)
