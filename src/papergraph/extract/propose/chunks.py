"""A note in parts that a model reads one by one, each with the lines that it stands under.

Parts are cut by the note's own structure alone, so that another rule or vocabulary asks nothing anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from papergraph.model import Document, Span

#: Characters of a part at most, and from how many on a heading begins the next.
LARGEST = 6_000
_ENOUGH = LARGEST // 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some lines of a note."""

    note: str
    """The name of the note, without its folder and ending."""
    above: tuple[Span, ...]
    """The lines above that say where it stands: the note's first heading, the headings and items that hold it."""
    lines: tuple[Span, ...]

    def shown(self) -> tuple[Span, ...]:
        """Return all lines that a model sees, in order; it counts them from 1."""
        return (*self.above, *self.lines)

    def holds(self, offset: int) -> bool:
        """Tell whether a place of the note is in these lines, not counting those above."""
        return self.lines[0].start <= offset < self.lines[-1].end


def cut(document: Document) -> Iterator[Chunk]:
    """Yield the parts of a note in order; every character that is no white space is in exactly one of them."""
    note = PurePosixPath(document.path).stem
    for lines in _packed(document):
        yield Chunk(note, tuple(_above(document, lines[0].start)), tuple(lines))


def _packed(document: Document) -> Iterator[list[Span]]:
    """Yield lines together as long as they fit; a part ends between blocks that hang under nothing, if it can."""
    part: list[Span] = []
    size = 0
    for unit, is_heading in _units(document):
        length = sum(s.end - s.start for s in unit)
        if part and (size + length > LARGEST or (is_heading and size >= _ENOUGH)):
            yield part
            part, size = [], 0
        for line in unit:  # one that is too long by itself is cut between lines
            if part and size + line.end - line.start > LARGEST:
                yield part
                part, size = [], 0
            part.append(line)
            size += line.end - line.start
    if part:
        yield part


def _units(document: Document) -> Iterator[tuple[list[Span], bool]]:
    """Yield the lines of each block that hangs under nothing, with all that hangs under it."""
    starts = {b.line: b.kind == "heading" for b in document.blocks if b.parent < 0 and (b.table < 0 or not b.column)}
    unit: list[Span] = []
    is_heading = False
    for number, line in enumerate(_lines(document), 1):
        if number in starts:
            if unit:
                yield unit, is_heading
            unit, is_heading = [], starts[number]
        unit += line
    if unit:
        yield unit, is_heading


def _lines(document: Document) -> Iterator[list[Span]]:
    """Yield each line of a note in pieces that are not too long; none for a blank line."""
    ends = (*document.line_starts[1:], len(document.text))
    for start, end in zip(document.line_starts, ends, strict=True):
        text = document.text[start:end]
        first, last = start + len(text) - len(text.lstrip("\r\n")), start + len(text.rstrip())
        yield [Span(i, min(i + LARGEST, last)) for i in range(first, last, LARGEST)]


def _above(document: Document, start: int) -> Iterator[Span]:
    """Yield the first lines of what the block at `start` stands under."""
    blocks = document.blocks
    first = bisect_left(blocks, start, key=lambda b: b.span.start)
    if first == len(blocks):
        first -= 1
    if first < 0:
        return
    holders = set(blocks[first].headings)
    parent = blocks[first].parent
    while parent >= 0:
        holders.add(parent)
        parent = blocks[parent].parent
    top = next((i for i, b in enumerate(blocks) if b.kind == "heading"), first)
    for index in sorted(holders | {top}):
        block = blocks[index]
        if block.span.start < start:
            yield _first_line(document, block.span)


def _first_line(document: Document, span: Span) -> Span:
    line = bisect_right(document.line_starts, span.start)
    end = document.line_starts[line] if line < len(document.line_starts) else len(document.text)
    text = document.text[span.start : min(end, span.end)].rstrip()
    return Span(span.start, span.start + min(len(text) or 1, LARGEST))
