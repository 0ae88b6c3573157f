"""The work that an item describes above the address of its paper: `ZorbNet is a tracker.`, then `- https://...`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.origin import may_come_from
from papergraph.extract.placed import Placed
from papergraph.extract.reading import Reading
from papergraph.ontology.kinds import THINGS
from papergraph.vocabulary.link_labels import is_label

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ADDRESS = re.compile(r"https?://\S+|\[[^\[\]\n]{0,60}\]\([^()\s]{1,300}\)")
_NUMBERED = re.compile(r"\d+[.)]\s+$")


def described_work(reading: Reading, places: Placed, paper: int) -> int:
    """Return what the item above a line that is all address presents or begins with; -1 for nothing."""
    mention = places.mentions[paper]
    number = reading.block_at(mention.span.start)
    if number < 0 or not reading.has_role(mention, "address") or not _is_all_address(reading, number):
        return -1
    above = _above(reading, number)
    if above < 0 or any(True for _ in places.of_type(above, "Paper")):
        return -1
    named = next(_presented(reading, places, above), -1)
    may = named >= 0 and may_come_from(reading.vocabulary, mention, places.mentions[named], known=False)
    return named if may else -1


def _is_all_address(reading: Reading, number: int) -> bool:
    """Tell whether an item says nothing but an address and what such addresses are called."""
    block = reading.document.blocks[number]
    rest = _EDGES.sub("", _ADDRESS.sub("", block.span.of(reading.text), count=1))
    return block.kind == "item" and (not rest or is_label(rest))


def _above(reading: Reading, number: int) -> int:
    """Return the item that an item hangs under, or the numbered one before a dash of the same level; -1 for none."""
    blocks = reading.document.blocks
    if blocks[number].parent >= 0:
        return blocks[number].parent
    before = number - 1
    if before < 0 or blocks[before].kind != "item" or blocks[before].parent != blocks[number].parent:
        return -1
    starts = (reading.text[max(0, blocks[i].span.start - 6) : blocks[i].span.start] for i in (before, number))
    first, second = (bool(_NUMBERED.search(start)) for start in starts)
    return before if first and not second else -1


def _presented(reading: Reading, places: Placed, item: int) -> Iterator[int]:
    """Yield what an item begins with, if it goes on to say what that is or does, and what it says is introduced."""
    start = reading.document.blocks[item].span.start
    for index in places.of_type(item, *THINGS):
        mention = places.mentions[index]
        opens = mention.span.start - start <= 2 and reading.has_role(mention, "opens-entry")
        if opens or reading.has_role(mention, "introduced"):
            yield index
