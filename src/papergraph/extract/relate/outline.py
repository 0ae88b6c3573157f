"""Outlines: an item that is the name of a work has the techniques for parts with which the items below it begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.relate.parts import listed_parts
from papergraph.model import RelationMention
from papergraph.text.folding import fold

#: Behind the name that is all of an item: its long form, or where it comes from.
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{1,60}[)）\]]")
_LONGEST = 120


def relate_outlines(context: Context) -> Iterator[RelationMention]:
    """Yield `uses` for the techniques that head the items right below an item that names one work and says no more."""
    blocks = context.document.blocks
    for number, block in enumerate(blocks):
        if block.kind != "item" or block.parent < 0 or blocks[block.parent].kind != "item":
            continue
        work = context.once(_work_alone, block.parent)
        if work < 0:
            continue
        for part in listed_parts(context, number, block, announced=False):
            if context.is_technique(part) and not context.is_same(part, work) and context.fits("uses", work, part):
                span = block.sentences[0] if block.sentences else block.span
                yield context.claim(work, "uses", part, span, "outline-part", "structure")


def _work_alone(context: Context, number: int) -> int:
    """Return the method or model, nobody's technique, that is all of a block but for brackets; -1 for none."""
    span = context.document.blocks[number].span
    if span.end - span.start > _LONGEST:
        return -1
    first = next(context.within(span, "Method", "Model"), -1)
    if first < 0 or context.is_technique(first) or context.is_class(first):
        return -1
    said = _BRACKETS.sub("", span.of(context.text))
    return first if fold(said) == fold(context.mentions[first].surface) else -1
