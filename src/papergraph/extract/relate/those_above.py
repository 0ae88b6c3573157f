"""The works that `all of the above models` and 以上模型都 stand for: those of the list or the table above."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from papergraph.extract.context import Context
from papergraph.extract.word_lists import word_pattern
from papergraph.model import Block
from papergraph.text.folding import is_chinese

_WORKS = ("Method", "Model")
#: A longer item says something of the names in it.
_LONGEST_ITEM = 120
#: Blocks back to the last cell of a table, items of a list and works of one list.
_REACH, _MOST_ITEMS, _MOST = 4, 24, 40


def those_above(context: Context, number: int, text: str) -> tuple[int, ...]:
    """Return the works that a sentence of block `number` speaks of together, if `text` begins so; else none."""
    return context.once(_above, number) if _together().match(text) else ()


def _above(context: Context, number: int) -> tuple[int, ...]:
    found: dict[int, int] = {}
    for index in _in_list(context, number) or _in_table(context, number):
        found.setdefault(context.identities[index], index)
    return tuple(islice(found.values(), _MOST))


def _in_list(context: Context, number: int) -> list[int]:
    """Return the works in the short items above one of the same list."""
    item = context.document.blocks[number]
    if item.kind != "item" or item.parent < 0:
        return []
    siblings = [b for b in context.reading.children.get(item.parent, ()) if b < number][-_MOST_ITEMS:]
    return [i for b in siblings for i in _named_in(context, context.document.blocks[b])]


def _named_in(context: Context, item: Block) -> list[int]:
    if item.span.end - item.span.start > _LONGEST_ITEM:
        return []
    named = context.within(item.span, *_WORKS)
    return [i for i in named if not context.is_technique(i) and not is_chinese(context.mentions[i].surface)]


def _in_table(context: Context, number: int) -> list[int]:
    """Return the works that are the heads of the rows of the table right above a block."""
    blocks = context.document.blocks
    last = next((b for b in range(number - 1, max(-1, number - 1 - _REACH), -1) if blocks[b].kind == "cell"), -1)
    if last < 0:
        return []
    heads = (b for b in blocks[:last] if b.kind == "cell" and b.table == blocks[last].table and b.column == 0)
    return [i for head in heads if head.row > 0 for i in islice(context.within(head.span, *_WORKS), 1)]


@cache
def _together() -> re.Pattern[str]:
    return re.compile(rf"[\s*_>-]*(?:{word_pattern('discourse', 'those_above')})", re.IGNORECASE)
