"""Extractions kept by content hash, so that a rebuild reads only what changed.

A file holds an extraction under its hash, so that damage makes a note be read again, never a wrong graph. With a
language model it also says which requests the note makes and which replies to them went in: of all replies that come
later, those to a note make that note be read again, and no other. Of a note that was repaired it says by which others.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from papergraph.model import Extraction


@dataclass(frozen=True, slots=True)
class Consulted:
    """Which notes were looked at for the repair of a damaged one."""

    count: int = 0
    """How many, in the order of the sample; 0 for a note that needed no repair."""
    digest: str = ""
    """Of their names and bytes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An extraction, and what else it depends on than its note."""

    extraction: Extraction
    requests: tuple[str, ...] = ()
    """Fingerprints of what a model is asked about the note."""
    replies: str = ""
    """Hash of the replies to them that there were; empty for none."""
    consulted: Consulted = field(default_factory=Consulted)


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


def cache_key(fingerprint: str, name: str, data: bytes, *citation_keys: str) -> str:
    """Return the key of an extraction: a hash of the note, and of code and data, for which `fingerprint` stands.

    `citation_keys` are those in the note that the user's library knows.
    """
    digest = hashlib.sha256()
    for part in (fingerprint.encode(), name.encode(), data, *(k.encode("utf-8", "replace") for k in citation_keys)):
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
