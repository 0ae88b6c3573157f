"""What a form means that stands alone in an item, a cell or a line among others that are names: ARC below MMLU."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from papergraph.extract.reading import Reading
from papergraph.model import Block
from papergraph.ontology.kinds import THINGS
from papergraph.vocabulary import Hit, VocabularyEntry

#: Blocks before and behind a line, an item or a cell, and so many names of one kind among them.
_NEAR, _FEWEST = 6, 2
#: A longer block is no name.
_LONGEST = 40
_MARKS = " \t\n*_`-"


def among_alike(reading: Reading, index: int, hit: Hit) -> VocabularyEntry | None:
    """Return the entry of the kind that most names alone around a form are of, if that is all of its block."""
    if not _is_alone(reading, index, hit.start, hit.end):
        return None
    kinds = _kinds_beside(reading, index)
    entries = [reading.vocabulary.by_id(e) for e in hit.entries]
    found = [e for e in entries if kinds[e.type] >= _FEWEST and 2 * kinds[e.type] > kinds.total()]
    return found[0] if len(found) == 1 else None


def _kinds_beside(reading: Reading, index: int) -> Counter[str]:
    """Return how many of the nearest blocks of the same kind are names of which kind: for a cell in row and column."""
    block = reading.document.blocks[index]
    near = _column(reading, block, index) if block.kind == "cell" else _lines(reading, block, index)
    kinds = Counter(kind for i in near if (kind := reading.once(_kind, i)))
    if block.kind == "cell":
        kinds += reading.once(_kinds_of_row, (block.table, block.row))
        kinds[reading.once(_kind, index)] -= 1
    return +kinds


def _kinds_of_row(reading: Reading, row: tuple[int, int]) -> Counter[str]:
    return Counter(kind for i in reading.rows[row] if (kind := reading.once(_kind, i)))


def _lines(reading: Reading, block: Block, index: int) -> Iterator[int]:
    blocks = reading.document.blocks
    for way in (range(index - 1, -1, -1), range(index + 1, len(blocks))):
        yield from (i for i in islice(way, _NEAR) if _is_alike(blocks[i], block))


def _column(reading: Reading, block: Block, index: int) -> Iterator[int]:
    row = reading.rows[(block.table, block.row)]
    place = bisect_left(row, index)
    for near in range(max(0, block.row - _NEAR), block.row + _NEAR + 1):
        cells = reading.rows.get((block.table, near), ())
        if near != block.row and place < len(cells):
            yield cells[place]


def _is_alike(one: Block, other: Block) -> bool:
    return one.kind == other.kind and one.headings[:-1] == other.headings[:-1]


def _kind(reading: Reading, index: int) -> str:
    """Return the kind of the one name that a block is, if the vocabulary has no doubt of it."""
    block = reading.document.blocks[index]
    if block.span.end - block.span.start > _LONGEST:
        return ""
    for hit in reading.vocabulary.scan(block.span.of(reading.text)):
        kinds = {reading.vocabulary.by_id(e).type for e in hit.entries} & THINGS
        if not hit.ambiguous and len(kinds) == 1 and _is_alone(reading, index, hit.start, hit.end):
            return kinds.pop()
    return ""


def _is_alone(reading: Reading, index: int, start: int, end: int) -> bool:
    """Tell whether a part of a block is all that it says, but for marks and a note in brackets."""
    text = reading.document.blocks[index].span.of(reading.text)
    if len(text) > _LONGEST or text[:start].strip(_MARKS):
        return False
    rest = text[end:].strip(_MARKS)
    return not rest or (rest[0] in "(（" and rest[-1] in ")）")
