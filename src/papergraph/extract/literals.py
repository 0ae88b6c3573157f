"""Fixed words in a text, all found in one pass: they say where a costly expression is worth trying."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick_rs


@dataclass(frozen=True, slots=True)
class Places:
    """Where the words of a list begin in a text."""

    starts: tuple[int, ...] | None
    """Sorted; None where it cannot be told, so that they may be anywhere."""

    def any_in(self, start: int, end: int) -> bool:
        """Tell whether a word begins between `start` and `end`."""
        if self.starts is None:
            return True
        nearest = bisect_left(self.starts, start)
        return nearest < len(self.starts) and self.starts[nearest] < end

    def __bool__(self) -> bool:
        """Tell whether the text holds a word at all."""
        return self.starts is None or bool(self.starts)


class Literals:
    """A list of words with the automaton that finds them, inside of other words too."""

    def __init__(self, words: Iterable[str], *, any_case: bool = True) -> None:
        self._any_case = any_case
        wanted = {word.lower() if any_case else word for word in words}
        self._automaton = ahocorasick_rs.AhoCorasick(sorted(wanted), matchkind=ahocorasick_rs.MATCHKIND_STANDARD)

    def places(self, text: str) -> Places:
        """Return where the words begin.

        >>> Literals(["GPU", "显卡"]).places("one gpu or 两张显卡").starts
        (4, 13)
        """
        searched = text.lower() if self._any_case else text
        if len(searched) != len(text):  # a dotted capital I becomes two characters
            return Places(None)
        found = self._automaton.find_matches_as_indexes(searched, overlapping=True)
        return Places(tuple(sorted({start for _, start, _ in found})))
