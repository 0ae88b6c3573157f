"""A worker forked from this process, which is ready many times sooner than a new process."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def can_copy() -> bool:
    """Tell whether a copy would be sound: it has one thread only, so nothing may hold a lock in another."""
    try:
        return sys.platform.startswith("linux") and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


class Copy:
    """A process that runs `program` on two pipes, with what `subprocess.Popen` offers to a worker's owner."""

    def __init__(self, program: Callable[[int, int], None]) -> None:
        (incoming, write), (read, outgoing) = os.pipe(), os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _live(program, incoming, outgoing, (write, read))
        os.close(incoming)
        os.close(outgoing)
        self.stdin: BinaryIO = os.fdopen(write, "wb")
        self.stdout: BinaryIO = os.fdopen(read, "rb", buffering=0)

    def poll(self) -> int | None:
        """Return how the process ended, the negative number of a signal; None while it runs."""
        return self._ended(os.WNOHANG)

    def wait(self) -> int | None:
        """Wait for the end of the process, and return how it ended."""
        return self._ended(0)

    def _ended(self, how: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def kill(self) -> None:
        """Stop the process, unless it is over."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


def _live(program: Callable[[int, int], None], incoming: int, outgoing: int, others: tuple[int, int]) -> None:
    """Be the copy: nothing of what the original would still print, write or clean up is ours to do."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        for descriptor in (*others, nowhere):
            os.close(descriptor)
        with contextlib.suppress(BrokenPipeError):
            program(incoming, outgoing)
    finally:
        os._exit(0)
