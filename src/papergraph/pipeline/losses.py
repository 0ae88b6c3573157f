"""Detecting that a build would lose notes by accident: an unmounted folder, a misspelt path, a failed drive.

A deleted note is not a loss, but a path that no longer yields any notes is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from papergraph.errors import LossError
from papergraph.model import Problem
from papergraph.sources import Found, NoteFile
from papergraph.store import Seal, read_seal, read_sources, source_key

_MEANT = "if this is intended, build with --allow-empty (from Python: allow_empty=True)"


@dataclass(frozen=True, slots=True)
class Before:
    """What the last build into a store read."""

    store: Path | None
    seal: Seal | None
    sources: Mapping[str, int] | None
    """How many notes came from each path; None if that is not known."""

    def count(self, path: Path, notes: Sequence[NoteFile]) -> int:
        """Return how many notes came from a path; where only their names are known, those that are gone count."""
        if self.sources is not None:
            return self.sources.get(source_key(path), 0)
        names = {name for name, _ in self.seal.run.inputs} if self.seal else set()
        return len(names - {note.name for note in notes})


def read_before(store: Path | None) -> Before:
    """Return what the last build into `store` read; the caller holds the store, or it does not exist.

    Before a graph that is built in memory there was none.
    """
    return Before(store, read_seal(store), read_sources(store)) if store else Before(None, None, None)


def refuse_lost(paths: Sequence[Path], found: Found, before: Before, *, allow_empty: bool) -> None:
    """Refuse to go on with the notes that were `found` below `paths`, before any is read.

    Raises:
        LossError: if a path is gone or cannot be listed, a folder lost its last note, or there is no note at all; then
            with the problems of single files.
    """
    notes, problems = found.notes, tuple(map(str, found.problems))
    if found.lost:
        raise _loss(before, found.lost, "correct the path, mount the drive, or omit the path")
    if allow_empty:
        return
    if emptied := tuple(_emptied(paths, notes, before)):
        raise _loss(before, emptied, _MEANT, problems)
    if not notes:
        raise _loss(before, (Problem(", ".join(map(str, paths)), "contains no notes"),), _MEANT, problems)


def refuse_unread(
    paths: Sequence[Path], notes: Sequence[NoteFile], read: Sequence[str], problems: Sequence[Problem], before: Before
) -> None:
    """Refuse to go on with the notes whose names are `read`, if that leaves out all of a folder, or all there are.

    Raises:
        LossError: with the `problems` of single notes.
    """
    reasons = tuple(map(str, problems))
    if lost := tuple(_unreadable(paths, notes, frozenset(read), before)):
        raise _loss(before, lost, "make the files readable", reasons)
    if notes and not read:
        first = f": {reasons[0]}" if reasons else ""
        none = Problem(", ".join(map(str, paths)), f"none of {len(notes):,} notes could be read{first}")
        raise _loss(before, (none,), "correct the notes or the extractors", reasons)


def count_sources(paths: Sequence[Path], notes: Sequence[NoteFile], read: Sequence[str]) -> dict[Path, int]:
    """Return how many of the notes that were read came from each path."""
    names, below = frozenset(read), _by_path(paths, notes)
    return {path: sum(note.name in names for note in below[path]) for path in paths}


def _emptied(paths: Sequence[Path], notes: Sequence[NoteFile], before: Before) -> Iterator[Problem]:
    below = _by_path(paths, notes)
    for path in paths:
        if path.is_dir() and not below[path] and (count := before.count(path, notes)):
            noun = "note" if count == 1 else "notes"
            yield Problem(
                str(path), f"no longer contains notes, but the graph holds {count:,} {noun} that may come from it"
            )


def _unreadable(
    paths: Sequence[Path], notes: Sequence[NoteFile], read: frozenset[str], before: Before
) -> Iterator[Problem]:
    """Yield the folders of which not one note can be opened; a note that can, and is no text, is its own affair."""
    for path, below in _by_path(paths, notes).items():
        if not path.is_dir() or not below or any(note.name in read for note in below):
            continue
        reasons = [_reason(note.path) for note in below]
        if all(reasons) and before.count(path, ()):
            yield Problem(str(path), f"none of its {len(below):,} notes could be read: {reasons[0]}")


def _reason(path: Path) -> str:
    """Return why a file cannot be read, or nothing."""
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _by_path(paths: Sequence[Path], notes: Sequence[NoteFile]) -> dict[Path, list[NoteFile]]:
    """Return the notes that lie at or below each path."""
    below: dict[Path, list[NoteFile]] = {path: [] for path in paths}
    written = [(str(note.path), note) for note in notes]
    for path, found in below.items():
        here = str(path)
        start = "" if here == "." else here.rstrip(os.sep) + os.sep
        found += [note for text, note in written if text == here or text.startswith(start)]
    return below


def _loss(before: Before, lost: tuple[Problem, ...], advice: str, problems: tuple[str, ...] = ()) -> LossError:
    kept = f"the graph in {before.store} was not changed" if before.seal else "no graph was built"
    return LossError(f"{'; '.join(map(str, lost))}; {kept}; {advice}", problems)
