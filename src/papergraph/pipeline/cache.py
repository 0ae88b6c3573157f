"""Extractions kept by content hash, so that a rebuild reads only what changed.

A file holds an extraction under its hash, so that damage makes a note be read again, never a wrong graph. With a
language model it also says which requests the note makes and which replies to them went in: of all replies that come
later, those to a note make that note be read again, and no other.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from papergraph.model import Extraction


@dataclass(frozen=True, slots=True)
class Kept:
    """An extraction, and what of a language model is in it."""

    extraction: Extraction
    requests: tuple[str, ...] = ()
    """Fingerprints of what a model is asked about the note."""
    replies: str = ""
    """Hash of the replies to them that there were; empty for none."""


_DECODER = msgspec.json.Decoder(Kept)


class ExtractionCache:
    """A folder of extractions, one file a key; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, replies: Mapping[str, str] | None = None) -> None:
        """Open the folder, which need not exist; `replies` of a language model are by fingerprint."""
        self.folder = folder
        self.used: set[str] = set()
        self._replies = replies or {}

    def read(self, key: str) -> Kept | None:
        """Return what is under `key`; None if there is nothing, it is damaged, or there are other replies now."""
        self.used.add(key)
        if self.folder is None:
            return None
        try:
            digest, _, data = (self.folder / f"{key}.json").read_bytes().partition(b"\n")
            kept = _DECODER.decode(data) if digest == _digest(data) else None
        except (OSError, ValueError):
            return None
        return kept if kept and kept.replies == replies_to(kept.requests, self._replies) else None

    def write(self, key: str, kept: Kept) -> None:
        """Keep an extraction; a disk that refuses costs only speed."""
        self.used.add(key)
        if self.folder is None:
            return
        with contextlib.suppress(OSError, UnicodeEncodeError):
            self.folder.mkdir(parents=True, exist_ok=True)
            data = msgspec.json.encode(kept)
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


def replies_to(requests: Iterable[str], replies: Mapping[str, str]) -> str:
    """Return a hash of the replies that there are to some requests, by fingerprint; empty if there are none.

    >>> one, two = replies_to(["a", "b"], {"a": "{}"}), replies_to(["a", "b"], {"a": "{}", "other note": "{}"})
    >>> one == two, replies_to(["b"], {"a": "{}"})
    (True, '')
    """
    answered = [
        f"{f} {_digest(replies[f].encode('utf-8', 'surrogatepass')).decode()}" for f in requests if f in replies
    ]
    return _digest("\n".join(answered).encode()).decode() if answered else ""


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
