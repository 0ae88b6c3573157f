"""Files that one process at a time writes, locked themselves: nothing stands beside what people commit."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from papergraph.system import posix

#: How often a file is tried at least: its last writer may have replaced it before it was locked.
_TRIES = 5
#: Seconds between two of them.
_PAUSE = 0.01


@contextlib.contextmanager
def hold_file(path: Path, seconds: float = 0.0) -> Iterator[None]:
    """Hold a file for writing, which may replace it; the lock goes with the process, however that ends.

    A file that is not there is made, and removed if it stays empty. Another writer is waited for so many seconds.

    Raises:
        BlockingIOError: if another holds it, or this process already.
        OSError: if it cannot be written.
    """
    handle = _lock(path, time.monotonic() + seconds)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if _is_at(handle, path) and not os.fstat(handle).st_size:
                path.unlink()
        os.close(handle)


def _lock(path: Path, end: float) -> int:
    tries = 1
    while (handle := _locked(path)) is None:
        if tries >= _TRIES and time.monotonic() >= end:
            raise BlockingIOError
        tries += 1
        time.sleep(_PAUSE)
    return handle


def _locked(path: Path) -> int | None:
    """Return the locked file; None if another holds it, or it was replaced before it was locked."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        posix.lock(handle)
        if _is_at(handle, path):
            return handle
    except BlockingIOError:
        pass
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _is_at(handle: int, path: Path) -> bool:
    """Tell whether an open file is the one that a path leads to."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
