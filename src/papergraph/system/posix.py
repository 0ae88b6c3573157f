"""What only POSIX systems have, locks of files and limits of processes; all else of papergraph imports without them."""

from __future__ import annotations

import contextlib
import platform
from importlib import import_module
from typing import Literal

Limit = Literal["RLIMIT_AS", "RLIMIT_CORE", "RLIMIT_CPU", "RLIMIT_NOFILE"]

_MODULES = ("fcntl", "resource")


def missing() -> str:
    """Return what this system lacks and what to do about it; the empty string where nothing is missing."""
    for name in _MODULES:
        try:
            import_module(name)
        except ImportError:
            system = platform.system() or "this system"
            return f"{system} has no file locks or limits of processes ({name}); run it on Linux or macOS, or in WSL"
    return ""


def lock(handle: int) -> None:
    """Lock an open file until it is closed.

    Raises:
        BlockingIOError: if it is locked already.
    """
    import fcntl

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lower_limit(limit: Limit, value: int | None) -> None:
    """Set a soft limit of this process, None for the highest that it may have; not every system knows every limit."""
    import resource

    what = int(getattr(resource, limit))
    _, hard = resource.getrlimit(what)
    with contextlib.suppress(OSError, ValueError):
        unlimited = resource.RLIM_INFINITY
        soft = hard if value is None else value if hard == unlimited else min(value, hard)
        resource.setrlimit(what, (soft, hard))
