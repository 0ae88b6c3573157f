"""A list of lines as a file that is read once, and gives back the memory of what was read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: Lines that are made bytes at a time, and bytes that are read at a time.
_LINES, _BYTES = 1_000, 1 << 18


def drained(lines: list[str]) -> BinaryIO:
    """Return lines as a file; reading it empties the list, of which there may be millions.

    >>> lines = ["a ", "b "]
    >>> drained(lines).read(), lines
    (b'a b ', [])
    """
    return io.BufferedReader(_Drained(lines), _BYTES)


class _Drained(io.RawIOBase):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        lines.reverse()  # the end of a list is what it gives away at no cost
        self._lines = lines
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        if not self._left and self._lines:
            following = self._lines[: -_LINES - 1 : -1]
            del self._lines[-_LINES:]
            self._left = memoryview("".join(following).encode())
        place = memoryview(buffer)
        count = min(len(place), len(self._left))
        place[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
