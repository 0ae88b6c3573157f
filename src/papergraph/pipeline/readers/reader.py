"""A reader process as its owner sees it."""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import subprocess
import sys

from papergraph.errors import ConfigError
from papergraph.pipeline.readers.messages import ReadReply, ReadTask, Setting
from papergraph.system import posix

#: A reader is ready after one or two seconds; a busy machine may take its time.
_START_SECONDS = 120.0
#: How long a reader may take to end by itself.
_END_SECONDS = 5.0
#: What a dead reader makes of talking to it.
_GONE = (EOFError, OSError)


class ReaderDied(Exception):  # noqa: N818  internal to this package
    """The process ended in the middle of a task."""

    def __init__(self, code: int) -> None:
        self.code = code
        """Exit code; the negative number of a signal."""
        super().__init__(code)


class Reader:
    """A process that reads one note at a time."""

    def __init__(self) -> None:
        """Start the process; it imports what it needs while the owner goes on."""
        self._is_set = False
        self.connection, theirs = multiprocessing.Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                # -P: a file json.py among somebody's notes must not be taken for Python's own.
                [sys.executable, "-P", "-m", "papergraph.pipeline.readers.child", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "MALLOC_ARENA_MAX": "1"},  # arenas that nobody uses would count as memory
            )

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def set(self, setting: Setting) -> None:
        """Tell the reader what it needs to know."""
        self._is_set = True
        with contextlib.suppress(*_GONE):  # whoever waits for the answer will see
            self.connection.send(setting)

    def wait_until_ready(self) -> None:
        """Wait until the reader has followed its setting.

        Raises:
            ConfigError: if the settings name something that cannot be used.
            ReaderDied: if the process does not start.
        """
        error: ConfigError | None = None
        try:
            if not self.connection.poll(_START_SECONDS):
                raise TimeoutError
            error = self.connection.recv()
        except _GONE as gone:  # a time-out is an OSError too
            raise ReaderDied(self.kill()) from gone
        if error is not None:
            raise error

    def begin(self, task: ReadTask) -> None:
        """Give the reader a note."""
        with contextlib.suppress(*_GONE):  # the reply will tell
            self.connection.send(task)

    def reply(self) -> ReadReply | float:
        """Return what the reader says of its note: a reply, or first how many seconds of processor time it may take.

        Raises:
            ReaderDied: if it says nothing any more.
        """
        try:
            reply: ReadReply | float = self.connection.recv()
        except _GONE as gone:
            raise ReaderDied(self.close()) from gone
        return reply

    def kill(self) -> int:
        """End the process, whatever it does, and return its exit code."""
        self.connection.close()
        self._process.kill()
        return self._process.wait()

    def close(self) -> int:
        """Let the process end by itself, for a while, and return its exit code; kill one that knows nothing yet."""
        if not self._is_set:
            return self.kill()
        self.connection.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(_END_SECONDS)
        return self.kill()


_STANDBY: list[Reader] = []


def stand_by() -> None:
    """Start a reader that nobody needs yet: it gets ready while its owner still imports what it needs itself."""
    if not _STANDBY and not posix.missing():
        _STANDBY.append(Reader())


def take_reader() -> Reader:
    """Return the reader that stands by, or a new one."""
    while _STANDBY:
        if (reader := _STANDBY.pop()).alive:
            return reader
        reader.close()
    return Reader()


def give_back(reader: Reader) -> None:
    """Let an idle reader stand by for the next build of this process, which then starts a second sooner."""
    if _STANDBY or not reader.alive:
        reader.close()
    else:
        _STANDBY.append(reader)


@atexit.register
def dismiss_standby() -> None:
    """Let the reader that stands by end."""
    while _STANDBY:
        _STANDBY.pop().close()
