"""The words of a note as learned models see them: in lower case, digits as `#`, Chinese by the character."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from papergraph.extract.context import Context
from papergraph.model import Span

_WORD = re.compile(r"[A-Za-z]+|[\u3400-\u9fff]|\d+|[^\w\s]")
#: Marks that stand around a name and say nothing.
_MARKUP = frozenset("*_`[]#>~\\")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a block, with the place where each starts."""

    starts: tuple[int, ...]
    words: tuple[str, ...]

    def between(self, start: int, end: int) -> tuple[str, ...]:
        """Return the words that start in a part of the text."""
        first = bisect_left(self.starts, start)
        return self.words[first : bisect_left(self.starts, end, first)]


def words_of(context: Context, block: int) -> Words:
    """Return the words of a block."""
    return words_in(context.text, context.document.blocks[block].span)


def words_in(text: str, span: Span) -> Words:
    """Return the words of a part of a text.

    >>> words_in("**H2O** 保留20%", Span(0, 13)).words
    ('h', '#', 'o', '保', '留', '#', '%')
    """
    found = [
        (m.start(), "#" if word.isdecimal() else word.lower())
        for m in _WORD.finditer(text, span.start, span.end)
        if (word := m[0]) not in _MARKUP
    ]
    return Words(tuple(start for start, _ in found), tuple(word for _, word in found))
