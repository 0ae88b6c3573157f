"""Extractions kept by content hash, so that a rebuild reads only what changed.

A file holds an extraction under its hash, so that damage makes a note be read again, never a wrong graph.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

import msgspec

from papergraph.model import Extraction

_DECODER = msgspec.json.Decoder(Extraction)


class ExtractionCache:
    """A folder of extractions, one file a key; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def read(self, key: str) -> Extraction | None:
        """Return the extraction under `key`; None if there is none, or it is damaged."""
        self.used.add(key)
        if self.folder is None:
            return None
        try:
            digest, _, data = (self.folder / f"{key}.json").read_bytes().partition(b"\n")
            return _DECODER.decode(data) if digest == _digest(data) else None
        except (OSError, ValueError):
            return None

    def write(self, key: str, extraction: Extraction) -> None:
        """Keep an extraction; a disk that refuses costs only speed."""
        self.used.add(key)
        if self.folder is None:
            return
        with contextlib.suppress(OSError, UnicodeEncodeError):
            self.folder.mkdir(parents=True, exist_ok=True)
            data = msgspec.json.encode(extraction)
            scratch = self.folder / f"{key}.{os.getpid()}.tmp"
            scratch.write_bytes(_digest(data) + b"\n" + data)
            scratch.replace(self.folder / f"{key}.json")

    def prune(self) -> None:
        """Remove what this build did not use."""
        if self.folder is None or not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path.stem not in self.used:
                with contextlib.suppress(OSError):
                    path.unlink()


def cache_key(fingerprint: str, name: str, data: bytes, *texts: str) -> str:
    """Return the key of a note's extraction: a hash of all that it depends on.

    `fingerprint` stands for code and data; `texts` are those that helped to repair the note.
    """
    digest = hashlib.sha256()
    for part in (fingerprint.encode(), name.encode(), data, *(t.encode("utf-8", "surrogatepass") for t in texts)):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:32]


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
