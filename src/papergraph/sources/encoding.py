"""From the bytes of a note to its text.

What is no UTF-8 is one of three things. UTF-8 with some damaged bytes has more whole characters beyond ASCII than bad
bytes. Of the East Asian encodings that one is taken which brings out the commonest characters of its language. Few
accents in a text of ASCII are Windows-1252, or damage. Whatever is replaced or guessed is told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import yaml

from papergraph.errors import NoteError
from papergraph.resources import read_resource
from papergraph.sources.notes.lines import find_lines

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: C0 controls other than tab, line feed, form feed and carriage return.
_CONTROLS = re.compile("[\u0000-\u0008\u000b\u000e-\u001f]")
_CONTROL_TABLE = dict.fromkeys((*range(9), 11, *range(14, 32)), " ")
_REPLACEMENT = "\ufffd"
#: Bytes that are no UTF-8, as `surrogateescape` leaves them: at most three are left of one character.
_BAD_BYTES = re.compile("[\udc80-\udcff]{1,3}")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
#: Characters that bytes of another encoding seldom make in UTF-8: those of three bytes and more, and those of Latin-1.
_WHOLE = re.compile("[\u00a0-\u00ff\u0800-\ud7ff\ue000-\U0010ffff]")
#: One or two bad bytes between ASCII: letters with accents and curly quotes of Windows-1252.
_ACCENTS = re.compile(
    rb"(?<![\x80-\xff])[\x80\x85\x91-\x97\xa0\xa7\xa9\xab\xae\xb0\xb1\xb7\xbb\xc0-\xd6\xd8-\xf6\xf8-\xfd]{1,2}(?![\x80-\xff])"
)
#: Share of common characters from which an East Asian encoding is believed; a wrong one stays under 0.1. From how many
#: characters on it is believed without a warning.
_LEAST_COMMON, _FEWEST_CHARACTERS = 0.15, 12
_SAMPLE = 20_000
#: Where ISO-2022-JP goes over to Japanese characters.
_TO_JAPANESE = re.compile(rb"\x1b\$[@B]")
_GUESS = "which is a guess; save it again as UTF-8"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a note, and how it was come by."""

    text: str
    codec: str
    warnings: tuple[str, ...] = ()
    """What was replaced, and which encoding is a guess."""


@dataclass(frozen=True, slots=True)
class _Language:
    codec: str
    name: str
    common: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What comes out of some bytes in one encoding."""

    language: _Language
    text: str
    share: float
    """Of the characters beyond ASCII, how many are common in the language."""
    size: int
    """How many characters beyond ASCII there are."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` and the codec that read it, as `read_text` does.

    Raises:
        NoteError: as `read_text`.

    >>> decode("注意力".encode("gb18030"))
    ('注意力', 'gb18030')
    """
    decoded = read_text(data)
    return decoded.text, decoded.codec


def read_text(data: bytes) -> Decoded:
    r"""Return the text of `data` in UTF-8, UTF-16, UTF-32, an East Asian encoding or Windows-1252.

    Damaged bytes become U+FFFD. Control characters that no text holds become spaces, one for one, so that offsets stay.

    Raises:
        NoteError: for an empty file, binary data, or bytes in none of these encodings.

    >>> read_text(b"KV \xff cache").text
    'KV � cache'
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise NoteError("is empty")
    decoded = _wide(data) or _escaped(data) or _narrow(data)
    if not decoded.text.strip():
        raise NoteError("is empty")
    if len(_CONTROLS.findall(decoded.text)) > max(8, len(decoded.text) // 50):
        raise NoteError("is binary: it is full of control characters")
    return Decoded(_clean(decoded.text), decoded.codec, decoded.warnings)


def _wide(data: bytes) -> Decoded | None:
    """Read UTF-16 and UTF-32; None if the data is neither."""
    codec = next((codec for bom, codec in _BOMS if data.startswith(bom)), "") or _utf16_without_bom(data)
    if not codec:
        return None
    text = data.decode(codec, "replace")
    bad = text.count(_REPLACEMENT)
    if bad * 10 > len(text):
        raise NoteError(f"is damaged: {bad} of its {len(text)} characters are no {codec}; save it again as UTF-8")
    return Decoded(text, codec, _replaced(text, text.find(_REPLACEMENT), bad))


def _escaped(data: bytes) -> Decoded | None:
    """Read ISO-2022-JP, which is ASCII but for the escapes that tell what follows; None if the data is none."""
    if not _TO_JAPANESE.search(data):
        return None
    try:
        return Decoded(data.decode("iso2022_jp"), "iso2022_jp")
    except UnicodeDecodeError:
        return None


def _narrow(data: bytes) -> Decoded:
    if data.count(0) > max(3, len(data) // 1000):
        raise NoteError("is binary: it holds NUL bytes")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    escaped = data.decode("utf-8", "surrogateescape")
    bad = len(data) - len(escaped.encode("utf-8", "ignore"))
    if len(_WHOLE.findall(escaped)) >= bad:
        return _damaged_utf8(escaped)
    if found := _east_asian(data):
        return found
    if sum(map(len, _ACCENTS.findall(data))) >= 0.9 * bad and bad * 3 <= len(data):
        return Decoded(data.decode("cp1252", "replace"), "cp1252", (f"was taken for Windows-1252, {_GUESS}",))
    if bad <= max(3, len(data) // 10):
        return _damaged_utf8(escaped)
    raise NoteError(f"byte {first} is no UTF-8, and no other encoding makes text of the file; save it again as UTF-8")


def _damaged_utf8(escaped: str) -> Decoded:
    bad = list(_BAD_BYTES.finditer(escaped))
    warnings = _replaced(escaped, bad[0].start(), len(bad))
    return Decoded(_BAD_BYTES.sub(_REPLACEMENT, escaped), "utf-8", warnings)


def _replaced(text: str, first: int, count: int) -> tuple[str, ...]:
    if not count:
        return ()
    what = "a damaged character" if count == 1 else f"the first of {count} damaged characters"
    return (f"line {len(find_lines(text, first))}: {what} became U+FFFD; write it anew and save the note as UTF-8",)


def _east_asian(data: bytes) -> Decoded | None:
    """Read the East Asian encoding that brings out the commonest characters; None if none does."""
    candidates = sorted(_candidates(data), key=lambda c: -c.share)
    if not candidates or candidates[0].share < _LEAST_COMMON:
        return None
    best = candidates[0]
    rival = candidates[1].share if len(candidates) > 1 else 0.0
    bad = best.text.count(_REPLACEMENT)
    warnings = _replaced(best.text, best.text.find(_REPLACEMENT), bad)
    if best.size < _FEWEST_CHARACTERS or rival > best.share / 2:
        warnings += (f"was taken for {best.language.name}, {_GUESS}",)
    return Decoded(best.text, best.language.codec, warnings)


def _candidates(data: bytes) -> Iterator[_Candidate]:
    for language in _languages():
        text = data.decode(language.codec, "replace")
        beyond = _BEYOND_ASCII.findall(text)
        if len(beyond) > 1 and beyond.count(_REPLACEMENT) <= 1 + len(beyond) // 50:
            sample = beyond[:_SAMPLE]
            common = sum(c in language.common for c in sample)
            yield _Candidate(language, text, common / len(sample), len(beyond))


@cache
def _languages() -> tuple[_Language, ...]:
    """Return the encodings of data/encodings.yaml."""
    rows = yaml.safe_load(read_resource("data/encodings.yaml"))
    return tuple(_Language(r["codec"], r["name"], frozenset(r["common"]) - {" "}) for r in rows)


def _utf16_without_bom(data: bytes) -> str:
    """Guess UTF-16 from where the zero bytes of ASCII characters lie."""
    sample = data[:4000]
    if len(sample) < 4 or b"\x00" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.3 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.02 * half:
        return "utf-16-be"
    return ""


def _clean(text: str) -> str:
    return text.translate(_CONTROL_TABLE) if _CONTROLS.search(text) else text
