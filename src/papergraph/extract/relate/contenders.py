"""What a work is compared with: the items under `Baselines` or behind `we compare with the following models:`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from papergraph.extract.context import Context
from papergraph.extract.word_lists import either_language
from papergraph.model import Block, RelationMention

_WORKS = ("Method", "Model")
#: What may not stand before the first name of an item.
_LETTER = re.compile(r"[^\W\d_]")
_JOINT = re.compile(
    r"[\s*_`]*(?:\]\([^()\s]{0,200}\))?[\s*_`]*(?:[/&,，、;；]|\band\b|和|与|及)[\s*_`]*(?:and\s+)?\[?", re.IGNORECASE
)
#: A longer heading or line says too much for its words to be of the list.
_LONGEST, _LONGEST_LINE = 60, 200
#: Blocks of a list in which what leads to it is looked for, and names of one item.
_MOST_ITEMS, _MOST_NAMES = 40, 8


def relate_contenders(context: Context) -> Iterator[RelationMention]:
    """Yield `comparedWith` from a work to the names that head the items of a list of its baselines."""
    for number, block in enumerate(context.document.blocks):
        if block.kind != "item" or not _announced(context, number):
            continue
        subject = _subject(context, number)
        if subject < 0 or context.mentions[subject].type not in {*_WORKS, "Paper"}:
            continue
        for index in _heads(context, block):
            fits = context.fits("comparedWith", subject, index) and not context.is_same(subject, index)
            if fits and not context.is_part(index) and not context.is_class(index):
                span = block.sentences[0] if block.sentences else block.span
                yield context.claim(subject, "comparedWith", index, span, "contender", "structure")


def _subject(context: Context, number: int) -> int:
    """Return what an item is about, save what it names itself: then what the list around it is about."""
    entry = context.entry_of(number)
    if entry and entry.blocks[0] == number and entry.paper < 0 and entry.parent >= 0:
        return context.subject(context.annotation.entries[entry.parent])
    return context.about(number)


def _announced(context: Context, number: int) -> bool:
    """Tell whether what leads to an item says that the list is one of baselines."""
    blocks = context.document.blocks
    lead = blocks[number].parent
    if lead < 0:
        lead = number - 1
        while lead > number - _MOST_ITEMS and lead >= 0 and (blocks[lead].kind == "item" or blocks[lead].parent >= 0):
            lead -= 1
    return lead >= 0 and context.once(_announces, lead)


def _announces(context: Context, number: int) -> bool:
    block = context.document.blocks[number]
    text = block.span.of(context.text).strip(" *_`\n")
    if block.kind == "heading":
        return len(text) <= _LONGEST and bool(_headings().search(text))
    line = text.rsplit("\n", 1)[-1]
    is_label = block.kind == "item" and len(text) <= _LONGEST and bool(_headings().fullmatch(text.rstrip(":： *")))
    led = len(line) <= _LONGEST_LINE and line.endswith((":", "："))
    return is_label or (led and bool(either_language("discourse", "announces_contenders", whole=False).search(line)))


@cache
def _headings() -> re.Pattern[str]:
    return either_language("discourse", "contenders")


def _heads(context: Context, block: Block) -> Iterator[int]:
    """Yield the name at the head of an item, with those that a list joins to it."""
    end = -1
    for index in islice(context.within(block.span, *_WORKS), _MOST_NAMES):
        place = context.mentions[index].span
        if end < 0 and _LETTER.search(context.text, block.span.start, place.start):
            return
        if end >= 0 and not (end <= place.start and _JOINT.fullmatch(context.text, end, place.start)):
            return
        yield index
        end = place.end
