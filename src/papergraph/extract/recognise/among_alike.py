"""What a form means that stands alone in an item, a cell or a line among others that are names: ARC below MMLU."""

from __future__ import annotations

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
    kinds = Counter(kind for near in _beside(reading, index) if (kind := reading.once(_kind, near)))
    entries = [reading.vocabulary.by_id(e) for e in hit.entries]
    found = [e for e in entries if kinds[e.type] >= _FEWEST and 2 * kinds[e.type] > kinds.total()]
    return found[0] if len(found) == 1 else None


def _beside(reading: Reading, index: int) -> Iterator[int]:
    """Yield the nearest blocks of the same kind under the same headings: for a cell those of its row and column."""
    blocks, block = reading.document.blocks, reading.document.blocks[index]
    if block.kind == "cell":
        yield from (i for i in reading.rows[(block.table, block.row)] if i != index)
        yield from _column(reading, block, index)
        return
    for way in (range(index - 1, -1, -1), range(index + 1, len(blocks))):
        yield from (i for i in islice(way, _NEAR) if _is_alike(blocks[i], block))


def _column(reading: Reading, block: Block, index: int) -> Iterator[int]:
    place = reading.rows[(block.table, block.row)].index(index)
    for row in range(max(0, block.row - _NEAR), block.row + _NEAR + 1):
        cells = reading.rows.get((block.table, row), ())
        if row != block.row and place < len(cells):
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
