"""Sorted lines, found by their beginning without reading the others."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

Buffer = bytes | mmap.mmap
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"))


def field(text: str) -> bytes:
    r"""Return a text as it stands between the tabs of a line; a beginning of a text gives a beginning of its field.

    >>> field("a\tb"), field("注意")[:3] == field("注")
    (b'a\\tb', True)
    """
    for plain, escaped in _ESCAPES:
        text = text.replace(plain, escaped)
    return text.encode("utf-8", "surrogatepass")


def text_of(written: bytes) -> str:
    r"""Return the text of a field.

    >>> text_of(field("a\\tb\t\\")) == "a\\tb\t\\"
    True
    """
    text = written.decode("utf-8", "surrogatepass")
    if "\\" not in text:
        return text
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\t", "\t").replace("\\n", "\n") for part in parts)


def join_lines(lines: Iterable[bytes]) -> bytes:
    """Return lines, given without their ends, as the content of a file: sorted, each once."""
    return b"".join(line + b"\n" for line in sorted(set(lines)))


def map_file(path: Path) -> Buffer:
    """Return the content of a file, of which only what is looked at is read; raises OSError."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


class SortedLines:
    """What `join_lines` made, open for look-up."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer

    def starting(self, start: bytes) -> Iterator[bytes]:
        """Yield the lines that begin so, in their order, without their ends."""
        place = self._first(start)
        while self._buffer[place : place + len(start)] == start and (end := self._buffer.find(b"\n", place)) >= 0:
            yield self._buffer[place:end]
            place = end + 1

    def holding(self, part: bytes, start: bytes) -> Iterator[bytes]:
        """Yield the lines that begin with `start` and have `part` somewhere."""
        place = self._buffer.find(part, self._first(start))
        while place >= 0:
            begin, end = self._buffer.rfind(b"\n", 0, place) + 1, self._buffer.find(b"\n", place)
            line = self._buffer[begin:end]
            if not line.startswith(start):
                return
            yield line
            place = self._buffer.find(part, end)

    def _first(self, start: bytes) -> int:
        """Return where the first line begins that is not less than `start`."""
        low, high = 0, len(self._buffer)
        while low < high:
            middle = self._buffer.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._buffer.find(b"\n", middle)
            if self._buffer[middle:end] < start:
                low = end + 1
            else:
                high = middle
        return low
