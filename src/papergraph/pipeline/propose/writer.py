"""One writer at a time for a file of replies: two runs would pay twice for one answer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from papergraph.errors import BusyError, ConfigError
from papergraph.system import posix
from papergraph.system.hold import hold_file


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
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(hold_file(path))
        except BlockingIOError as error:
            raise BusyError(
                f"{path}: another run of papergraph adds replies to this file; wait for it to finish, "
                "or set another file as proposals in papergraph.toml"
            ) from error
        except OSError as error:
            raise ConfigError(f"{path}: cannot write the replies: {error.strerror}") from error
        yield
