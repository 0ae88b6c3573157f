"""The undamaged notes that help to repair damaged ones, and a record of which notes were looked at to choose them.

They are a sample: notes in the order of a hash of their names, until there are enough characters. So an edit of a note
that is not among them leaves what was repaired as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from papergraph.errors import NoteError
from papergraph.pipeline.cache import Consulted
from papergraph.sources import MOST_READ, NoteFile, decode, detect, read_bytes
from papergraph.text.folding import is_chinese


@dataclass(frozen=True, slots=True)
class Sample:
    """Undamaged Chinese texts, sorted."""

    texts: tuple[str, ...] = ()
    consulted: Consulted = field(default_factory=Consulted)


def take_sample(notes: Sequence[NoteFile]) -> Sample:
    """Return enough undamaged Chinese texts of a collection, or all there are."""
    texts: list[str] = []
    size, count = 0, 0
    for note in _in_order(notes):
        if size >= MOST_READ:
            break
        count += 1
        try:
            text, _ = decode(read_bytes(note))
        except NoteError:
            continue
        if is_chinese(text) and not detect(text):
            texts.append(text)
            size += len(text)
    if size < MOST_READ:
        count = len(notes) + 1  # one more note would be looked at too
    return Sample(tuple(sorted(texts)), Consulted(count, consulted_digest(notes, count)))


def consulted_digest(notes: Sequence[NoteFile], count: int) -> str:
    """Return the digest of the first `count` notes of the sample, as their files are now."""
    first = [f"{note.name} {hash_note(note)}" for note in _in_order(notes)[:count]]
    return hashlib.sha256("\n".join(first).encode("utf-8", "surrogatepass")).hexdigest()


def hash_note(note: NoteFile) -> str:
    """Return the hash of a note's bytes; empty for one that cannot be read."""
    try:
        return hashlib.sha256(read_bytes(note)).hexdigest()
    except NoteError:
        return ""


def _in_order(notes: Sequence[NoteFile]) -> list[NoteFile]:
    return sorted(notes, key=lambda note: hashlib.sha256(note.name.encode("utf-8", "surrogatepass")).digest())
