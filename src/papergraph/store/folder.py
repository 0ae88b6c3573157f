"""The folder of a store: its marker, its lock, and writing that survives a crash."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from papergraph.errors import StoreError
from papergraph.store.seal import FORMAT

MARKER = "papergraph-store.json"
CURRENT = "CURRENT"


def prepare_store(folder: Path) -> None:
    """Make `folder` a store, empty as yet, unless it is one.

    Raises:
        StoreError: if it holds other files, or cannot be written.
    """
    marker = folder / MARKER
    text = json.dumps({"format": FORMAT}) + "\n"
    try:
        if folder.is_dir() and any(folder.iterdir()) and not marker.is_file():
            raise StoreError(f"{folder}: holds other files and is no papergraph store; choose another folder")
        folder.mkdir(parents=True, exist_ok=True)
        if not marker.is_file() or marker.read_bytes() != text.encode():
            marker.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from error


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the store for building; the lock goes with the process, however it ends.

    Raises:
        StoreError: if another build holds it.
    """
    import fcntl  # POSIX only; reading a store needs no lock

    try:
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            raise StoreError(f"{folder}: another build is running (pid {holder}); wait for it to end") from error
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def write_durably(path: Path, text: str) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


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
    return StoreError(f"{folder}: cannot be written: {reason}; the graph that was there, if any, still stands")
