"""Text made comparable for the search of names, with the way back to the original offsets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import compress

from papergraph.text.folding import american, compatible
from papergraph.text.scripts import script_marks

#: What may stand between the parts of a name and is left out of the search; `text.folding.fold` drops all of it too.
_DROPPED = re.compile(
    r"[\s\-\u2010-\u2015_\u00b7\u2022/\\>$^~\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]",
)
_ASCII_DROPPED = {i: None for i in range(128) if _DROPPED.match(chr(i))}
_ASCII_SEPARATORS = bytes(_ASCII_DROPPED)
#: For each byte whether it is kept.
_ASCII_KEPT = bytes(i not in _ASCII_DROPPED for i in range(256))
#: A letter with the marks that change it, where a text is not composed; Unicode's stream-safe texts have 30 at most.
_CLUSTER = re.compile(r"(?s).[\u0300-\u036f]{0,30}")


class _Pieces(dict[str, str]):
    """What each character becomes; filled as characters are met."""

    def __missing__(self, character: str) -> str:
        folded = compatible(character).casefold().replace("\u2019", "'")
        self[character] = "" if _DROPPED.match(character) else _DROPPED.sub("", folded)
        return self[character]


_PIECES = _Pieces()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text without case, width and separators."""

    text: str
    offsets: tuple[int, ...]
    """For each folded character where its original starts."""
    ends: tuple[int, ...] | None = None
    """For each folded character where its original ends; None where every original is one character."""

    def original(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the folded characters from `start` to `end` stand; None if that would split an original."""
        begin = self.offsets[start]
        if start and self.offsets[start - 1] == begin:
            return None
        if end < len(self.offsets) and self.offsets[end] == self.offsets[end - 1]:
            return None
        return begin, self.ends[end - 1] if self.ends else self.offsets[end - 1] + 1


def fold_text(text: str) -> FoldedText:
    """Return `text` with case and width folded and separators left out, character by character.

    >>> folded = fold_text("the Mixtral-8×7B")
    >>> folded.text, folded.original(3, 14)
    ('themixtral8x7b', (4, 16))
    """
    if text.isascii() and not any(script_marks(text)):
        return _fold_ascii(text)
    if not unicodedata.is_normalized("NFC", text):
        return _fold_clusters(text)
    pieces = list(map(_PIECES.__getitem__, american(text)))
    for start, end in script_marks(text):
        pieces[start:end] = [""] * (end - start)
    folded = "".join(pieces)
    if len(folded) == len(pieces) - pieces.count(""):  # no character became two
        return FoldedText(folded, tuple(compress(range(len(text)), pieces)))
    return FoldedText(folded, tuple([i for i, piece in enumerate(pieces) for _ in piece]))


def fold_form(form: str) -> str:
    """Return what `fold_text` makes of a name.

    >>> fold_form("Llama 2-Chat")
    'llama2chat'
    """
    return american(form).lower().translate(_ASCII_DROPPED) if form.isascii() else fold_text(form).text


def _fold_ascii(text: str) -> FoldedText:
    data = american(text).lower().encode()
    kept = data.translate(_ASCII_KEPT)
    return FoldedText(data.translate(None, _ASCII_SEPARATORS).decode(), tuple(compress(range(len(data)), kept)))


def _fold_clusters(text: str) -> FoldedText:
    clusters = [(m.start(), m.end(), _PIECES[m[0]]) for m in _CLUSTER.finditer(american(text))]
    return FoldedText(
        "".join(piece for _, _, piece in clusters),
        tuple(start for start, _, piece in clusters for _ in piece),
        tuple(end for _, end, piece in clusters for _ in piece),
    )
