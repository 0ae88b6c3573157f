"""Text from notes made safe and fitting for a terminal."""

from __future__ import annotations

import re
import unicodedata

#: C0 and C1 controls, bidirectional controls and separators that move the cursor or reorder what follows.
_UNSAFE = re.compile("[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""Return `text` with white space folded and control characters shown as escapes.

    >>> printable("a\x1b[31m\n b")
    'a\\x1b[31m b'
    """
    return _UNSAFE.sub(lambda m: m[0].encode("unicode_escape").decode(), " ".join(text.split()))


def columns(text: str) -> int:
    """Return how many terminal columns `text` takes; Chinese characters take two.

    >>> columns("H2O 改进")
    8
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def shorten(text: str, width: int) -> str:
    """Return `text` cut to `width` columns (at least 2), with an ellipsis where something was cut.

    >>> shorten("注意力缓存", 7)
    '注意力…'
    """
    if columns(text) <= width:
        return text
    used, kept = 1, []
    for character in text:
        used += columns(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"
