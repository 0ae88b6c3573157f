"""Text from notes made safe and fitting for a terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

#: C0 and C1 controls, bidirectional controls and separators that move the cursor or reorder what follows, and halves of
#: surrogate pairs, which stand for bytes of file names that are no text.
_UNSAFE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ud800-\udfff]"
)
#: A message of ours goes on in an indented line; a line break of a name begins a line that could pass for another.
_OWN_BREAK = re.compile(r"\n(?=  )")


def printable(text: str) -> str:
    r"""Return `text` with white space folded and control characters shown as escapes.

    >>> printable("a\x1b[31m\n b")
    'a\\x1b[31m b'
    """
    return escaped(" ".join(text.split()))


def escaped(text: str) -> str:
    r"""Return `text` with control characters, line breaks among them, shown as escapes.

    >>> escaped("a\x9b31m\n b")
    'a\\x9b31m\\n b'
    """
    return _UNSAFE.sub(lambda m: m[0].encode("unicode_escape").decode(), text)


def message_lines(text: str) -> str:
    r"""Return a message, whatever it quotes, for a terminal; the indented lines of our own stay lines.

    >>> message_lines("a\nb.md: is wrong at\n  line 1: \x9b")
    'a\\nb.md: is wrong at\n  line 1: \\x9b'
    """
    return "\n".join(map(escaped, _OWN_BREAK.split(text)))


def json_text(value: Any, *, indent: int | None = None) -> str:
    r"""Return `value` as JSON that a terminal can show: what is unsafe there is escaped, as JSON escapes it.

    >>> json_text({"name": "注意\x9b31m"})
    '{"name": "注意\\u009b31m"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "\n".join(_UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", line) for line in text.split("\n"))


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
