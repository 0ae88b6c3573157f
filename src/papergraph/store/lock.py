"""Who may write a store: one build at a time, from before it looks for notes until readers see its graph."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papergraph.errors import BusyError, StoreError
from papergraph.store.folder import LOCK, SCRATCH, mark, refuse_foreign, unwritable
from papergraph.system import posix
from papergraph.text.terminal import printable, shorten

_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Held:
    """A store that is locked for writing; `writing` returns it."""

    folder: Path


@contextlib.contextmanager
def writing(folder: Path, about: str = "") -> Iterator[Held]:
    """Hold the store in `folder` for writing; it is made if there is none, and what killed builds left is removed.

    `about` says what is built, for those who are refused meanwhile.

    Raises:
        BusyError: if another build holds the store; names it.
        StoreError: if the folder holds other things or a store of a newer papergraph, or cannot be written.
    """
    refuse_foreign(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    with locked(folder, about):
        mark(folder)
        _tidy(folder)
        yield Held(folder)


@contextlib.contextmanager
def locked(folder: Path, about: str = "") -> Iterator[None]:
    """Hold the lock of a folder; it goes with the process, however that ends.

    Raises:
        BusyError: if another process holds it, or this one already.
        StoreError: if the folder cannot be written, or the system has no locks.
    """
    if lacking := posix.missing():  # reading a store needs no lock
        raise StoreError(f"{folder}: cannot be written: {lacking}")
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        try:
            posix.lock(handle)
        except OSError as error:
            holder = printable(os.read(handle, 2000).decode("utf-8", "replace")) or "unknown process"
            raise BusyError(f"{folder}: another build is running: {holder}; wait for it to finish") from error
        with _signed(handle, about):
            yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _signed(handle: int, about: str) -> Iterator[None]:
    """Let the lock name its holder as long as it is held."""
    with contextlib.suppress(OSError):  # try even if the disk is full
        os.truncate(handle, 0)
        os.pwrite(handle, f"{_own_name(about)}\n".encode("utf-8", "backslashreplace"), 0)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.truncate(handle, 0)


def _own_name(about: str) -> str:
    what = f", {shorten(printable(about), _MOST_COLUMNS)}" if about else ""
    return f"pid {os.getpid()} on {platform.node() or 'this machine'}{what}"


def _tidy(folder: Path) -> None:
    """Remove what killed builds and readers left half written."""
    for path in (*folder.glob("*.new"), *folder.glob("generations/*/*.new")):
        with contextlib.suppress(OSError):
            path.unlink()
    for path in folder.glob(f"generations/{SCRATCH}*"):
        shutil.rmtree(path, ignore_errors=True)
