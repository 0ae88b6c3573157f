"""One writer at a time for a file of replies: two runs would pay twice for one answer."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from papergraph.errors import BusyError, ConfigError
from papergraph.system import posix

#: How often the file may be replaced while it is being locked.
_TRIES = 5


@contextlib.contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold a file of replies for adding to it; the lock goes with the process, however that ends.

    The file itself is locked, so that nothing stands beside what people commit; one that stays empty is removed.

    Raises:
        BusyError: if another run holds it, or this one already.
        ConfigError: if the file cannot be written, or the system has no locks.
    """
    if lacking := posix.missing():
        raise ConfigError(f"{path}: cannot be locked: {lacking}")
    try:
        handle = _lock(path)
    except BlockingIOError as error:
        raise BusyError(
            f"{path}: another run of papergraph adds replies to this file; wait for it to finish, "
            "or set another file as proposals in papergraph.toml"
        ) from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot write the replies: {error.strerror}") from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if _is_at(handle, path) and not os.fstat(handle).st_size:
                path.unlink()
        os.close(handle)


def _lock(path: Path) -> int:
    """Return the locked file; one that its last writer replaced before it was locked is not it any more."""
    for _ in range(_TRIES):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            posix.lock(handle)
            if _is_at(handle, path):
                return handle
        except OSError:
            os.close(handle)
            raise
        os.close(handle)
    raise BlockingIOError


def _is_at(handle: int, path: Path) -> bool:
    """Tell whether an open file is the one that a path leads to."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
