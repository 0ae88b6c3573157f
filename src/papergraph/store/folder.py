"""The folder of a store: its marker, and writing that survives a crash."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from papergraph.errors import StoreError
from papergraph.store.seal import FORMAT

MARKER = "papergraph-store.json"
LOCK = "lock"
#: What the folder of a generation is called while it is made.
SCRATCH = "tmp-"
#: Keeps the store out of a git repository that the notes are in: builds make it again.
IGNORE = ".gitignore"
_IGNORED = "# Made by papergraph build; empty this file to commit the store.\n*\n"
#: What a build may leave that is killed before it marks the folder.
_OURS = frozenset({MARKER, LOCK, IGNORE, f"{MARKER}.new", f"{IGNORE}.new"})


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder that is not ours to write.

    Raises:
        StoreError: if it holds other files, was written by a newer papergraph, or cannot be looked at.
    """
    try:
        names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    except OSError as error:
        raise unwritable(folder, error) from error
    if MARKER not in names and names - _OURS:
        raise StoreError(f"{folder}: not a papergraph store, and not empty; choose another folder")
    if (found := marked_format(folder)) > FORMAT:
        raise newer(folder, found)


def mark(folder: Path) -> None:
    """Mark the folder as a store of our format, unless it is, and as one that git ignores, unless it has its own say.

    Raises:
        StoreError: if it cannot be written.
    """
    text = json.dumps({"format": FORMAT}) + "\n"
    try:
        marker = folder / MARKER
        if not marker.is_file() or marker.read_bytes() != text.encode():
            replace_durably(marker, text)
        if not os.path.lexists(folder / IGNORE):
            replace_durably(folder / IGNORE, _IGNORED)
    except OSError as error:
        raise unwritable(folder, error) from error


def marked_format(folder: Path) -> int:
    """Return the format that the marker of a store names; 0 for a marker that is missing or cannot be read."""
    try:
        number = json.loads((folder / MARKER).read_bytes())["format"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return 0
    return number if isinstance(number, int) else 0


def write_durably(path: Path, content: str | bytes) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, text: str) -> None:
    """Put a file in the place of another, whole or not at all, and wait until the disk has it."""
    scratch = path.with_name(f"{path.name}.new")
    write_durably(scratch, text)
    scratch.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in `folder`: without it a rename may be lost with the power."""
    with contextlib.suppress(OSError):  # not every system can do that for a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unwritable(folder: Path, error: Exception) -> StoreError:
    """Return the error for a disk that refuses."""
    reason = getattr(error, "strerror", None) or error
    return StoreError(f"{folder}: cannot be written: {reason}; an existing graph was not changed")


def older(folder: Path, found: int) -> StoreError:
    """Return the error for a store in a format that is no longer read."""
    return StoreError(
        f"{folder}: was built by an older version of papergraph (format {found}; this version reads format {FORMAT}): "
        f"rebuild it with: papergraph build NOTES --store {folder}"
    )


def newer(folder: Path, found: int) -> StoreError:
    """Return the error for a store in an unknown, newer format."""
    return StoreError(
        f"{folder}: was written by a newer version of papergraph (format {found}; this version reads format {FORMAT}): "
        "upgrade papergraph, or choose another folder"
    )
