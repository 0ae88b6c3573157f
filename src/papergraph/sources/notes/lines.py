r"""Where the lines of a text begin; they end with `\n`, `\r\n` or `\r` and nothing else."""

from __future__ import annotations

import re

_LINE_END = re.compile(r"\r\n|\r|\n")


def find_lines(text: str, end: int | None = None) -> tuple[int, ...]:
    r"""Return the offset of the first character of every line of `text`, up to `end`.

    >>> find_lines("a\r\nb\rc")
    (0, 3, 5)
    """
    return (0, *(m.end() for m in _LINE_END.finditer(text, 0, len(text) if end is None else end)))
