"""Text made comparable for the search of names, with the way back to the original offsets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_SEPARATOR = re.compile(r"[\s\-_\u2010-\u2015\u00a0/]+")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text."""

    text: str
    offsets: tuple[int, ...] | None
    """For each folded character the original offset; None where both are the same."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where the folded characters from `start` to `end` stand in the original text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


@cache
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).casefold().replace("\u00d7", "x")
    return " " if _SEPARATOR.fullmatch(character) else folded or character


def fold_text(text: str) -> FoldedText:
    """Return `text` with case, width and separators folded, character by character.

    >>> fold_text("Mixtral-8×7B").text
    'mixtral 8x7b'
    """
    pieces = [_fold_character(c) for c in text]
    for i, piece in enumerate(pieces):
        # A space between Chinese and Latin means nothing: 层 dropout is 层dropout.
        if piece == " " and (_is_chinese_at(text, i - 1) or _is_chinese_at(text, i + 1)):
            pieces[i] = ""
    folded = "".join(pieces)
    if len(folded) == len(text) and all(len(p) == 1 for p in set(pieces)):
        return FoldedText(folded, None)
    offsets = [i for i, piece in enumerate(pieces) for _ in piece]
    return FoldedText(folded, tuple(offsets))


def _is_chinese_at(text: str, index: int) -> bool:
    return 0 <= index < len(text) and "\u4e00" <= text[index] <= "\u9fff"


def search_forms(surface: str) -> tuple[str, ...]:
    """Return the folded spellings under which a name is searched: with its separators, and without them.

    >>> search_forms("Mixtral-8x7B")
    ('mixtral 8x7b', 'mixtral8x7b')
    """
    spaced = _SEPARATOR.sub(" ", fold_text(surface).text).strip()
    joined = spaced.replace(" ", "")
    return tuple(dict.fromkeys(f for f in (spaced, joined) if f))
