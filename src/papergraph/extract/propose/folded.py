"""Finding in a text what somebody copied from it: exactly, or but for spaces, hyphens, width, case and emphasis."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from papergraph.model import Span

_LEFT_OUT = frozenset("-\u2010\u2011*_`\u00ad\u200b\u200c\u200d\u2060\ufeff")


def fold_copy(text: str) -> str:
    """Return the key under which a text and a copy of it meet.

    >>> fold_copy("the **KV  Cache**（8×）") == fold_copy("the KV Cache(8×)")
    True
    """
    return "".join(map(_fold, unicodedata.normalize("NFC", text)))


def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).casefold()
    return "" if character in _LEFT_OUT else "".join(c for c in folded if not c.isspace())


@dataclass(frozen=True, slots=True)
class FoldedRegion:
    """A part of a text, folded, with the way back."""

    source: str
    text: str
    offsets: tuple[int, ...]
    """For each folded character where its original stands."""

    @classmethod
    def of(cls, source: str, span: Span) -> FoldedRegion:
        """Fold the part of `source` that `span` covers."""
        pieces = [(i, _fold(source[i])) for i in range(span.start, span.end)]
        return cls(source, "".join(p for _, p in pieces), tuple([i for i, p in pieces for _ in p]))

    def find(self, wanted: str, *, whole: bool = False) -> Iterator[Span]:
        """Yield where the text that folds to `wanted` stands; `whole` words only, if asked.

        >>> list(FoldedRegion.of("SnapKV, Snap KV, SnapKV2", Span(0, 24)).find("snapkv", whole=True))
        [Span(start=0, end=6), Span(start=8, end=15)]
        """
        position = self.text.find(wanted) if wanted else -1
        while position >= 0:
            end = position + len(wanted)
            span = Span(self.offsets[position], self.offsets[end - 1] + 1)
            fits = not self._splits(position) and not self._splits(end)
            if fits and not (whole and (self._joins(span.start) or self._joins(span.end))):
                yield span
                position = end - 1
            position = self.text.find(wanted, position + 1)

    def _splits(self, position: int) -> bool:
        """Tell whether one original character lies on both sides of a folded position."""
        return 0 < position < len(self.offsets) and self.offsets[position - 1] == self.offsets[position]

    def _joins(self, place: int) -> bool:
        """Tell whether a place lies inside a word of letters and digits that are not Chinese."""
        return 0 < place < len(self.source) and _in_word(self.source[place - 1]) and _in_word(self.source[place])


def _in_word(character: str) -> bool:
    return character.isalnum() and not "\u2e80" <= character <= "\U0003ffff"
