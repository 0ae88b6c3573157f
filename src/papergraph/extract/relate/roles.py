"""What a part of a work is for, where a note says what fills it: `位置编码用 RoPE`, `数据增强：Mixup`."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.word_lists import word_pattern, word_set
from papergraph.text.traditional import simplified

#: Characters behind such a word in which the name that fills it begins.
_REACH = 16


def is_filled_role(context: Context, index: int) -> bool:
    """Tell whether a Chinese word is only what the name behind it serves for, so that the work has that name."""
    mention = context.mentions[index]
    if simplified(mention.surface) not in word_set("discourse", "roles"):
        return False
    return _filled().match(simplified(context.text[mention.span.end : mention.span.end + _REACH])) is not None


@cache
def _filled() -> re.Pattern[str]:
    """Return what stands between such a word and the name: a verb, a colon, nothing but a blank."""
    kinds = "(?:方面|部分|策略|方式|方法|手段|任务|层)?"
    return re.compile(
        rf"{kinds}(?:上|则|都|均|主要)?\s?(?:{word_pattern('discourse', 'role_filled')}|[*_]{{0,2}}[:：=]|(?=\s[A-Z]))"
    )
