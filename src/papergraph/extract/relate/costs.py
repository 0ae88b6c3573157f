"""Comparisons in which the one with more is the worse: needs more memory, has a higher latency."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.relate.discourse import clause_start
from papergraph.extract.word_lists import word_pattern

#: Characters behind a comparison in which its last word may end.
_BEHIND = 2


def tells_cost(text: str, start: int, end: int) -> bool:
    """Tell whether the clause of a comparison says that its subject needs or errs more, which makes it no winner.

    >>> text = "X needs more memory than Y"
    >>> tells_cost(text, 8, len(text)), tells_cost("X is more robust than Y", 5, 23)
    (True, False)
    >>> text = "它需要的通信量比 Y 更多"
    >>> tells_cost(text, 7, len(text))
    True
    >>> tells_cost("X is more memory-efficient than Y", 5, 33), tells_cost("在相同显存下 X 的精度比 Y 更高", 8, 18)
    (False, False)
    """
    return _costs_more().search(text, clause_start(text, start), end + _BEHIND) is not None


@cache
def _costs_more() -> re.Pattern[str]:
    """Return the expression for what one wants less of, said to be more."""
    costs_en, costs_zh = word_pattern("discourse", "costs_en"), word_pattern("discourse", "costs_zh")
    spared_en, gains_zh = word_pattern("discourse", "spared_en"), word_pattern("discourse", "gains_zh")
    more_en, more_zh = word_pattern("discourse", "more_en"), word_pattern("discourse", "more_zh")
    return re.compile(
        rf"\b(?:{more_en})\s+(?:[\w-]+\s+)?(?:{costs_en})\b(?![-\s]*(?:{spared_en}))"
        rf"|(?<!相同)(?<!同样)(?<!同等)(?<!相同的)(?<!同样的)(?<!同等的)(?:{costs_zh})(?![下时])"
        rf"(?:(?!(?:{gains_zh}))[^，。；]){{0,16}}?(?:{more_zh})(?!效)",
        re.IGNORECASE,
    )
