"""What the line that leads to a list says of the datasets in its items: `they test on:`, 训练数据如下."""

from __future__ import annotations

from papergraph.extract.context import Context
from papergraph.extract.word_lists import either_language
from papergraph.model import Predicate

#: Blocks of a list in which what leads to it is looked for.
_MOST_ITEMS = 40
#: A longer line says too much for its words to be of the list.
_LONGEST = 400


def announced_data(context: Context, number: int) -> Predicate | None:
    """Return what the line that leads to a list says of the data in its items: 训练数据如下, `they test on:`."""
    blocks = context.document.blocks
    if blocks[number].kind != "item":
        return None
    lead = blocks[number].parent
    if lead < 0:
        lead = number - 1
        while lead > number - _MOST_ITEMS and lead >= 0 and (blocks[lead].kind == "item" or blocks[lead].parent >= 0):
            lead -= 1
    if lead < 0 or blocks[lead].kind == "heading" or blocks[lead].headings != blocks[number].headings:
        return None
    last = blocks[lead].sentences[-1] if blocks[lead].sentences else blocks[lead].span
    line = last.of(context.text).rstrip(" *_")
    if len(line) > _LONGEST or not line.endswith((":", "：")):
        return None
    if either_language("conditions", "tried", whole=False).search(line):
        return "evaluatedOn"
    made_of = either_language("conditions", "training", whole=False).search(line)
    return "trainedOn" if made_of and either_language("conditions", "data", whole=False).search(line) else None


def opens_block(context: Context, number: int, index: int) -> bool:
    """Tell whether nothing but markup and numbers stands before a name in its block."""
    start = context.document.blocks[number].span.start
    return not any(c.isalpha() for c in context.text[start : context.mentions[index].span.start])
