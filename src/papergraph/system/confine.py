"""A process gives up what a query must not have; there is no way back."""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import select
import sys
import threading
import time
from pathlib import Path

from papergraph.system.posix import lower_limit

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
#: The parameter of mallopt that sets how many pools of memory threads may have.
_ARENA_MAX = -8


def leave_network() -> bool:
    """Move into an empty network, where the system allows it; tell whether it did.

    To be called while the process has one thread only: no other may found a namespace for users.
    """
    if not sys.platform.startswith("linux"):
        return False
    # Whoever runs as root keeps the right to read files of others only without a namespace for users.
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    return bool(unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) == 0)


def keep_memory_together() -> None:
    """Let all threads share one pool of memory: pools that nobody uses would count against the limit."""
    with contextlib.suppress(AttributeError, OSError):  # only glibc has it
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def end_with_owner(pipe: int) -> None:
    """End this process, whatever it does, as soon as nobody can write into `pipe` any more."""
    # A plain poll fails once no file may be opened any more, and the thread may come to it only then.
    hung_up = select.epoll() if sys.platform.startswith("linux") else select.poll()
    hung_up.register(pipe, 0)  # a pipe that hangs up tells so unasked

    def watch() -> None:
        hung_up.poll()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def open_gauge() -> int | None:
    """Return a descriptor by which `address_space` can be read even when no file can be opened any more."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return None


def address_space(gauge: int | None) -> int:
    """Return how many bytes of address space the process has; 0 where the system does not tell."""
    return int(os.pread(gauge, 100, 0).split()[0]) * os.sysconf("SC_PAGE_SIZE") if gauge is not None else 0


def limit_memory(size: int) -> None:
    """Let the process have at most so many bytes of address space."""
    lower_limit("RLIMIT_AS", size)
    lower_limit("RLIMIT_CORE", 0)


def close_files(database: Path) -> None:
    """Let the process open no files any more, sockets among them; only as many as the database may still need.

    The engine keeps the files of its tables open, but opens no more than sixteen of them at the start.
    """
    tables = sum(1 for path in database.iterdir() if path.suffix == ".sst")
    opened = _open_files()
    folder = database.resolve()
    needed = tables - sum(1 for path in opened.values() if path.suffix == ".sst" and path.parent == folder)
    lower_limit("RLIMIT_NOFILE", max(opened, default=64) + 1 + needed if needed > 0 else 0)


def _open_files() -> dict[int, Path]:
    """Return the files behind the descriptors, as far as the system tells."""
    found: dict[int, Path] = {}
    with contextlib.suppress(OSError):
        for descriptor in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(OSError):
                found[int(descriptor.name)] = descriptor.readlink()
    return found


def limit_seconds(seconds: float) -> None:
    """Let the process have `seconds` more of processor time, and a little: whoever started it may be gone."""
    most = None if math.isinf(seconds) else math.ceil(time.process_time() + seconds) + 2
    lower_limit("RLIMIT_CPU", most)
