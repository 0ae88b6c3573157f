"""Undo a wrong decoding: UTF-8 that was read as a one-byte Windows or ISO codec, which lost some byte values.

The bytes come back by encoding with that codec. Lead bytes of UTF-8 say how long each character is, so that a
character with fewer continuation bytes than it needs has lost one or two, each of them one of a few known values. A
beam search chooses among the candidates with the counts of Chinese words and the characters of clean notes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any

from papergraph.model import Span
from papergraph.sources.language import LanguageModel, language_model

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
_BEAM = 24
#: How many candidates are weighed in one note; the more of its characters are damaged, the fewer readings are followed.
_MOST_WEIGHED = 1_000_000
_LONGEST_WORD = 8
_WORD_WEIGHT, _CONTEXT_WEIGHT = 0.5, 0.7
#: A restored character counts as certain when the runner-up is this much less likely (natural logarithm).
_CERTAIN = 2.2


@dataclass(frozen=True, slots=True)
class Repair:
    """A restored text."""

    text: str
    codec: str
    uncertain: tuple[Span, ...]
    """Restored characters whose choice is doubtful."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a run of damaged characters up to some place, as a chain of characters from its end."""

    score: float
    rank: int
    """Place among the readings in the order of their text, so that equal scores are ordered by it."""
    tail: str
    """The last characters, enough for the longest word."""
    chain: tuple[Any, str]
    """The chain up to the character before, and the last character."""


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
    model = language_model(tuple(sorted(clean_texts)))
    restored = _restore(data, sorted(lost), model, codec)
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


def _restore(data: bytes, lost: Sequence[int], model: LanguageModel, codec: str) -> Repair:
    pieces: list[tuple[str, ...]] = []
    position = 0
    while position < len(data):
        piece = _piece(data, position)
        position += len(piece)
        pieces.append(_candidates(piece, tuple(lost)))
    chosen: list[str] = []
    uncertain: list[Span] = []
    width = min(_BEAM, _MOST_WEIGHED // max(1, sum(len(options) for options in pieces if not _is_ascii(options))))
    first = 0
    while first < len(pieces):
        last = first
        while last < len(pieces) and not _is_ascii(pieces[last]):
            last += 1
        if last == first:
            chosen.append(pieces[first][0])
            first += 1
            continue
        for character, doubtful in _choose(pieces[first:last], "".join(chosen[-2:]), model, width):
            if doubtful:
                uncertain.append(Span(len(chosen), len(chosen) + 1))
            chosen.append(character)
        first = last
    return Repair("".join(chosen), codec, tuple(uncertain))


def _is_ascii(candidates: tuple[str, ...]) -> bool:
    return len(candidates) == 1 and candidates[0].isascii()


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
    """Keep Chinese characters, punctuation, full-width forms, arrows, mathematics and common Latin and Greek."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3000 <= code <= 0x303F
        or 0xFF00 <= code <= 0xFF5E
        or 0x2010 <= code <= 0x2027
        or 0x2190 <= code <= 0x22FF
        or 0x00A0 <= code <= 0x03FF
        or 0x2460 <= code <= 0x24FF
        or code >= 0x10000
    )


def _choose(pieces: Sequence[tuple[str, ...]], before: str, model: LanguageModel, width: int) -> list[tuple[str, bool]]:
    """Return the best character for each piece, and whether the choice is doubtful, following `width` readings."""
    if width == 0:
        return [(max(options, key=lambda c: model.singles[c]), len(options) > 1) for options in pieces]
    beam = [_Reading(0.0, 0, before, ((), ""))]
    for place, options in enumerate(pieces):
        beam = _next_readings(beam, options, place, model, width)
    texts = {_spelled(reading): reading.score for reading in beam}
    scores = {text: score + _words(text, model) for text, score in texts.items()}
    best = min(scores, key=lambda text: (-scores[text], text))
    return [(best[place], len(options) > 1 and _doubtful(best, place, scores)) for place, options in enumerate(pieces)]


def _next_readings(
    beam: list[_Reading], options: tuple[str, ...], place: int, model: LanguageModel, width: int
) -> list[_Reading]:
    """Return the best `width` ways to go on by one character after `place` characters of the run."""
    longest = min(_LONGEST_WORD, place + 1)
    scored = [
        (-reading.score - _step(reading.tail + option, longest, model), reading.rank, option, reading)
        for reading in beam
        for option in options
    ]
    best = sorted(scored, key=lambda item: item[:3])[:width]
    ranks = {item[1:3]: rank for rank, item in enumerate(sorted(best, key=lambda item: item[1:3]))}
    return [
        _Reading(-loss, ranks[rank, option], (reading.tail + option)[-_LONGEST_WORD:], (reading.chain, option))
        for loss, rank, option, reading in best
    ]


def _spelled(reading: _Reading) -> str:
    characters: list[str] = []
    chain = reading.chain
    while chain[0]:
        characters.append(chain[1])
        chain = chain[0]
    return "".join(reversed(characters))


def _doubtful(best: str, place: int, scores: dict[str, float]) -> bool:
    rival = max((s for text, s in scores.items() if text[place] != best[place]), default=-math.inf)
    return scores[best] - rival < _CERTAIN


def _step(text: str, longest: int, model: LanguageModel) -> float:
    """Score the last character of `text` after the two before it, and any word up to `longest` that ends with it."""
    last = text[-1]
    score = _CONTEXT_WEIGHT * math.log(_context(text, model))
    longest_word = max(
        (model.words.get(text[-n:], -math.inf) + 6.0 * n for n in range(2, longest + 1)), default=-math.inf
    )
    single = model.words.get(last, model.unknown)
    return score + 0.1 * _WORD_WEIGHT * max(single, -20.0) + (0.02 * longest_word if longest_word > 0 else 0.0)


def _context(text: str, model: LanguageModel) -> float:
    """Return the smoothed probability of the last character of `text` given the two before it (Witten-Bell)."""
    last = text[-1]
    single = (model.singles.get(last, 0) + 0.1) / (model.total + 2000)
    if len(text) < 2:
        return single
    pair_base = model.singles.get(text[-2], 0)
    pair = (model.pairs.get(text[-2:], 0) + 12 * single) / (pair_base + 12)
    if len(text) < 3:
        return pair
    triple_base = model.pairs.get(text[-3:-1], 0)
    return (model.triples.get(text[-3:], 0) + 6 * pair) / (triple_base + 6)


def _words(text: str, model: LanguageModel) -> float:
    """Return the score of the best way to cut `text` into words."""
    best = [0.0] + [-math.inf] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = text[start:end]
            share = model.words.get(word)
            if share is None and end - start > 1:
                continue
            score = best[start] + (share if share is not None else model.unknown)
            best[end] = max(best[end], score)
    return _WORD_WEIGHT * best[-1]
