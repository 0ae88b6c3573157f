"""From the bytes of a note to its text."""

from __future__ import annotations

import codecs
import re

from papergraph.errors import NoteError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: C0 controls other than tab, line feed, form feed and carriage return.
_CONTROLS = re.compile("[\u0000-\u0008\u000b\u000e-\u001f]")
_CONTROL_TABLE = dict.fromkeys((*range(9), 11, *range(14, 32)), " ")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` and the codec that read it: UTF-8, UTF-16, UTF-32 or GB18030.

    Control characters that no text holds become spaces, one for one, so that offsets stay.

    Raises:
        NoteError: for an empty file, binary data, or bytes in none of these encodings.

    >>> decode("注意力".encode("gb18030"))
    ('注意力', 'gb18030')
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise NoteError("is empty")
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _clean(_decode_as(data, codec)), codec.removesuffix("-sig")
    if codec := _utf16_without_bom(data):
        return _clean(_decode_as(data, codec)), codec
    if b"\x00" in data:
        raise NoteError("is binary: it holds NUL bytes")
    try:
        text, codec = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        text, codec = _decode_chinese(data, error), "gb18030"
    if len(_CONTROLS.findall(text)) > max(8, len(text) // 50):
        raise NoteError("is binary: it is full of control characters")
    return _clean(text), codec


def _decode_as(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise NoteError(f"is damaged: byte {error.start} is no {codec}; save it again as UTF-8") from error


def _decode_chinese(data: bytes, utf8_error: UnicodeDecodeError) -> str:
    message = f"byte {utf8_error.start} is no UTF-8, and the file is no GB18030 either; save it again as UTF-8"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise NoteError(message) from error
    # Nearly any bytes decode as GB18030: believe it only if common Chinese characters come out.
    beyond = [c for c in text if ord(c) > 127]
    common = sum("\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uff5e" for c in beyond)
    if common < 0.7 * len(beyond):
        raise NoteError(message)
    return text


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
