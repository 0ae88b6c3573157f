"""What a quote is evidence of: the sentences of its block, or its row of a table, whatever marks were copied along."""

from __future__ import annotations

import re

from papergraph.extract.reading import Reading
from papergraph.model import Span

#: What stands before a block on its line: marks of headings, lists, quotes, tasks and tables, and numbers.
_MARKS = re.compile(r"(?:[\W\d_]|\[[xX]\])*")


def evidence_at(reading: Reading, quote: Span) -> Span | None:
    """Return the sentences that hold a quote, or its row of a table; for front matter the quote itself.

    None for a quote of code or HTML, and for one of several blocks.
    """
    blocks, text = reading.document.blocks, quote.of(reading.text)
    index = _first_block(reading, quote)
    if index < 0:
        return quote if reading.block_at(quote.end - 1) < 0 else None
    first = blocks[index]
    start = max(quote.start, first.span.start)
    end = quote.start + next((i for i in range(len(text), 0, -1) if text[i - 1].isalnum()), 0)
    if end <= start or first.kind in {"code", "html"}:
        return None
    last = blocks[reading.block_at(end - 1)]
    if first is not last and first.kind == last.kind == "cell" and (first.table, first.row) == (last.table, last.row):
        return Span(first.span.start, last.span.end)
    if not first.span.covers(Span(start, end)):
        return None
    held = [s for s in first.sentences if s.overlaps(Span(start, end))]
    return Span(min(start, held[0].start), max(end, held[-1].end)) if held else first.span


def _first_block(reading: Reading, quote: Span) -> int:
    """Return the block in which a quote begins, but for marks; -1 for front matter."""
    blocks = reading.document.blocks
    index = reading.block_at(quote.start)
    following = index + 1
    if (index < 0 or quote.start >= blocks[index].span.end) and following < len(blocks):
        start = blocks[following].span.start
        if start < quote.end and _MARKS.fullmatch(reading.text, quote.start, start):
            return following
    return index
