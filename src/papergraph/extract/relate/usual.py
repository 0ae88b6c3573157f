"""Lists of what others have or had before, by the line that announces them: `The traditional pipeline:`."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.word_lists import either_language, word_pattern

#: Characters at the end of a paragraph that may announce a list.
_LAST_LINE = 160
_LABEL = re.compile(r"[^:：\n]{1,40}[:：]")


def is_of_others(context: Context, number: int) -> bool:
    """Tell whether a block is an item of a list, and the line above the list says that this is how others do it."""
    return number in context.once(_of_others, None)


def _of_others(context: Context, _: None) -> frozenset[int]:
    found, announced = set(), False
    for number, block in enumerate(context.document.blocks):
        if block.kind != "item":
            line = last_line(context, number) if block.kind == "paragraph" else ""
            announced = line.endswith((":", "：")) and tells_usual(line)
        elif announced:
            found.add(number)
    return frozenset(found)


def tells_usual(line: str) -> bool:
    """Tell whether a line begins by saying that this is how others do it.

    >>> tells_usual("The traditional pipeline"), tells_usual("The new pipeline")
    (True, False)
    """
    return _usual().match(line) is not None


def labels_fault(line: str) -> bool:
    """Tell whether a line begins with a label for what a work lacks, leaves out or suffers from.

    >>> labels_fault("Key constraint: memory"), labels_fault("Training: no constraint")
    (True, False)
    """
    label = _LABEL.match(line)
    return label is not None and either_language("discourse", "faults").search(label[0]) is not None


def last_line(context: Context, number: int) -> str:
    """Return the last line of a block, without marks at its end."""
    span = context.document.blocks[number].span
    text = context.text[max(span.start, span.end - _LAST_LINE) : span.end].rstrip(" *_`\n")
    return text.rsplit("\n", 1)[-1]


@cache
def _usual() -> re.Pattern[str]:
    words = word_pattern("discourse", "announces_usual")
    return re.compile(rf"\W*(?:(?:in|for|the|most|many|some|other)\s+){{0,2}}(?:{words})", re.IGNORECASE)
