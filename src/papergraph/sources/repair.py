"""Undo a wrong decoding: UTF-8 that was read as a one-byte Windows or ISO codec, which lost some byte values.

The bytes come back by encoding with that codec. Lead bytes of UTF-8 say how long each character is, so that a
character with fewer continuation bytes than it needs has lost one or two, each of them one of a few known values. A
search over all readings chooses among the candidates with the counts of Chinese text, of clean notes and of the note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product

from papergraph.model import Span
from papergraph.sources.brackets import pair_brackets
from papergraph.sources.language import Counts, LanguageModel, spell
from papergraph.sources.restore import choose
from papergraph.text.traditional import SIMPLIFIED

#: Codecs that a UTF-8 file is misread as, and the byte values that they leave undefined. Some programs drop the soft
#: hyphen (AD) too.
_CODECS: tuple[tuple[str, bytes], ...] = (
    ("cp1254", b"\x81\x8d\x8e\x8f\x90\x9d\x9e"),
    ("cp1252", b"\x81\x8d\x8f\x90\x9d"),
    ("latin-1", b""),
)
_SOFT_HYPHEN = 0xAD
#: How many complete Chinese characters must come out before a text counts as damaged.
_MIN_CHINESE = 20
_ASCII = bytes(range(128))
#: A byte that was lost for good; the control character that stands in for it occurs in no text that was decoded.
_REPLACEMENT, _STAND_IN = "\ufffd", "\x1a"
_MAX_INVALID = 0.02
_BEAM = 32
#: How many candidates are weighed in one note; the more of its characters are damaged, the fewer readings are followed.
_MOST_WEIGHED = 2_000_000
#: How many characters of clean notes are read to restore a damaged one.
MOST_READ = 500_000
_TRADITIONAL = frozenset(map(chr, SIMPLIFIED)) - frozenset(SIMPLIFIED.values())
_SIMPLIFIED = frozenset(SIMPLIFIED.values()) - frozenset(map(chr, SIMPLIFIED))


@dataclass(frozen=True, slots=True)
class Repair:
    """A restored text."""

    text: str
    codec: str
    uncertain: tuple[Span, ...]
    """Restored characters whose choice is doubtful."""


def detect(text: str) -> str:
    """Return the codec that `text` was misread with, or the empty string for a text that is in order.

    >>> detect("缓存淘汰策略" * 10), detect(("缓存和注意力" * 10).encode().decode("latin-1"))
    ('', 'latin-1')
    """
    if text.isascii():
        return ""
    for codec, lost in _CODECS:
        data = _bytes(text, codec)
        if data is None or len(data.translate(None, _ASCII)) < 3 * _MIN_CHINESE:
            continue
        chinese, invalid, total = _census(data, {*lost, _SOFT_HYPHEN})
        if chinese >= _MIN_CHINESE and invalid <= _MAX_INVALID * total:
            return codec
    return ""


def repair(text: str, clean_texts: Iterable[str] = ()) -> Repair | None:
    """Return the restored text if `text` was misread, None if it is in order.

    ASCII and U+FFFD stay as they are, and so does the number of lines. `clean_texts` are undamaged notes in the same
    language.
    """
    codec = detect(text)
    if not codec:
        return None
    data = _bytes(text, codec) or b""
    lost = {*dict(_CODECS)[codec], _SOFT_HYPHEN} - set(data)
    restored = _restore(data, sorted(lost), clean_texts, codec)
    return replace(restored, text=restored.text.replace(_STAND_IN, _REPLACEMENT))


def _bytes(text: str, codec: str) -> bytes | None:
    try:
        return text.replace(_REPLACEMENT, _STAND_IN).encode(codec)
    except UnicodeEncodeError:
        return None


def _length(lead: int) -> int:
    """Return how many continuation bytes follow a lead byte of UTF-8."""
    return 1 if 0xC2 <= lead < 0xE0 else 2 if 0xE0 <= lead < 0xF0 else 3 if 0xF0 <= lead < 0xF5 else 0


def _census(data: bytes, lost: set[int]) -> tuple[int, int, int]:
    """Count complete Chinese characters, pieces that no UTF-8 could have left, and all pieces."""
    chinese = invalid = total = position = 0
    while position < len(data):
        piece = _piece(data, position)
        position += len(piece)
        if piece[0] < 0x80:
            continue
        total += 1
        wanted = _length(piece[0]) + 1
        if wanted == 1 or (len(piece) < wanted and not lost):
            invalid += 1
        elif len(piece) == wanted == 3 and 0xE3 <= piece[0] <= 0xE9:
            chinese += 1
    return chinese, invalid, total


def _piece(data: bytes, position: int) -> bytes:
    """Return the bytes of one character, as many as are left of it."""
    end = position + 1
    stop = min(len(data), end + _length(data[position]))
    while end < stop and 0x80 <= data[end] < 0xC0:
        end += 1
    return data[position:end]


def _restore(data: bytes, lost: Sequence[int], clean_texts: Iterable[str], codec: str) -> Repair:
    pieces: list[tuple[str, ...]] = []
    position = 0
    while position < len(data):
        piece = _piece(data, position)
        position += len(piece)
        pieces.append(_candidates(piece, tuple(lost)))
    slots = pair_brackets(pieces)
    weighed = sum(len(options) for options in slots if len(options) > 1)
    if not weighed:
        return Repair("".join(options[0] for options in slots), codec, ())
    whole = "".join(options[0] if len(options) == 1 else _REPLACEMENT for options in slots)
    model = LanguageModel(_counts(tuple(sorted(clean_texts))), Counts([spell(whole)]))
    width = max(1, min(_BEAM, _MOST_WEIGHED // weighed))
    chosen = list(choose(slots, model, width, _unlikely(whole)))
    uncertain = tuple(Span(i, i + 1) for i, (_, doubtful) in enumerate(chosen) if doubtful)
    return Repair("".join(character for character, _ in chosen), codec, uncertain)


@lru_cache(maxsize=2)
def _counts(clean_texts: tuple[str, ...]) -> Counts:
    return Counts(spell("".join(clean_texts)[:MOST_READ]).splitlines(keepends=True))


def _unlikely(text: str) -> frozenset[str]:
    """Return the characters of the Chinese script, simplified or traditional, that `text` is not written in."""
    traditional = sum(character in _TRADITIONAL for character in text)
    simplified = sum(character in _SIMPLIFIED for character in text)
    return _SIMPLIFIED if traditional > simplified else _TRADITIONAL


@cache
def _candidates(piece: bytes, lost: tuple[int, ...]) -> tuple[str, ...]:
    """Return what the character may have been; itself if it is whole, U+FFFD if nothing fits."""
    missing = _length(piece[0]) + 1 - len(piece)
    if piece[0] < 0x80 or missing == 0:
        return (piece.decode("utf-8", "replace"),)
    if missing > 2 or not lost or _length(piece[0]) == 0:
        return ("\ufffd",)
    found = set()
    for values in product(lost, repeat=missing):
        for places in _places(len(piece), missing):
            whole = bytearray(piece)
            for place, value in zip(places, values, strict=True):
                whole.insert(place, value)
            try:
                character = bytes(whole).decode("utf-8")
            except UnicodeDecodeError:
                continue
            if _is_likely(character):
                found.add(character)
    return tuple(sorted(found)) or ("\ufffd",)


def _places(length: int, missing: int) -> list[tuple[int, ...]]:
    if missing == 1:
        return [(p,) for p in range(1, length + 1)]
    return [(p, q) for p in range(1, length + 1) for q in range(p, length + 2)]


def _is_likely(character: str) -> bool:
    """Keep Chinese characters, punctuation, full-width forms, arrows, symbols, mathematics, common Latin and Greek."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3000 <= code <= 0x303F
        or 0xFF00 <= code <= 0xFF5E
        or 0x2010 <= code <= 0x2027
        or 0x2190 <= code <= 0x22FF
        or 0x00A0 <= code <= 0x03FF
        or 0x2460 <= code <= 0x24FF
        or 0x2600 <= code <= 0x27BF
        or code == 0xFE0F
        or code >= 0x10000
    )
