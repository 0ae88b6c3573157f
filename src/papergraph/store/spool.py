"""Quads on their way into a generation, of which memory holds few at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyoxigraph import Quad

from papergraph.rdf import digest_of_sum, each_once, nquads_line

#: Bytes of N-Quads that are loaded at once.
PART = 32_000_000


@dataclass(frozen=True, slots=True)
class Spool:
    """Different quads in a file of N-Quads that has no name, and is gone when it is closed or its process ends."""

    quads: int
    digest: str
    _file: IO[bytes]

    def parts(self) -> Iterator[bytes]:
        """Read the file in parts of whole lines, of about `PART` bytes each."""
        self._file.seek(0)
        while lines := self._file.readlines(PART):
            yield b"".join(lines)


@contextmanager
def spooled(quads: Iterable[Quad], folder: Path) -> Iterator[Spool]:
    """Write each quad once to a file on the disk of `folder`, for as long as the block lasts.

    Raises:
        OSError: if the disk refuses.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        number = total = 0
        for line, value in each_once(map(nquads_line, quads)):
            file.write(line.encode())
            number += 1
            total += value
        yield Spool(number, digest_of_sum(total), file)
