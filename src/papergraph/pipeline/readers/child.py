"""The reader process: reads one note after the other, each under limits of its own, until its owner is gone."""

from __future__ import annotations

import math
import os
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError
from papergraph.pipeline.readers.extractor import NoteExtractor
from papergraph.pipeline.readers.messages import Outcome, ReadReply, ReadTask, Setting
from papergraph.sources import read_bytes
from papergraph.system import confine
from papergraph.system.garbage import rare_collections
from papergraph.vocabulary import Vocabulary, load_vocabulary

_PACKAGE = Path(__file__).parents[2]
_MEGABYTE = 1_000_000


def main() -> None:
    """Serve the owner at the other end of the socket whose number is the first argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the business of the process that gave the work
    with Connection(int(sys.argv[1])) as owner, rare_collections():
        serve(owner)


def serve(owner: Connection) -> None:
    """Follow the settings and read the notes that come, until the other end is closed."""
    own = None if owner.poll() else load_vocabulary()  # something to do while the owner gets ready itself
    reader: _Reader | None = None
    while True:
        try:
            message: Setting | ReadTask = owner.recv()
        except EOFError:
            return
        if isinstance(message, Setting):
            try:
                reader = _Reader(message, own)
                owner.send(None)
            except ConfigError as error:
                owner.send(error)
        elif reader is not None:
            owner.send(reader.read(message, owner))


class _Reader:
    """A note extractor within limits."""

    def __init__(self, setting: Setting, own: Vocabulary | None) -> None:
        os.chdir(setting.folder)
        self._extractor = NoteExtractor(setting, own)
        self._config = setting.config
        self._gauge = confine.open_gauge()
        self._before = confine.address_space(self._gauge)

    def read(self, task: ReadTask, owner: Connection) -> ReadReply:
        """Return what came of a note; what no limit of Python's catches ends the process."""
        now, allowed = confine.address_space(self._gauge), self._config.note_megabytes * _MEGABYTE
        try:
            if self._gauge is not None:
                confine.limit_memory(now + allowed)
            outcome = self._outcome(task, owner)
        except (NoteError, ConfigError) as error:  # the note is damaged, or a rule of a third party is wrong
            outcome = Outcome(task.note, None, problem=str(error))
        except MemoryError:
            return ReadReply(Outcome(task.note, None, problem=out_of_memory(self._config)), spent=True)
        except Exception as error:  # whatever a note does to the code that reads it, the others are to be read
            outcome = Outcome(task.note, None, problem=failure(error))
        return ReadReply(outcome, spent=confine.address_space(self._gauge) > self._before + allowed)

    def _outcome(self, task: ReadTask, owner: Connection) -> Outcome:
        self._allow(0, owner)
        data = read_bytes(task.note) if task.data is None else task.data
        self._allow(len(data), owner)
        sample = self._extractor.sample(data)
        self._allow(len(data) + sum(map(len, sample.texts)), owner)
        return self._extractor.outcome(task.note, data, sample)

    def _allow(self, size: int, owner: Connection) -> None:
        """Allow processor time for a note of this size; tells the parent if that is more than for a small note."""
        seconds = seconds_for(size, self._config)
        confine.limit_seconds(seconds)
        if seconds > self._config.note_seconds:
            owner.send(seconds)


def seconds_for(size: int, config: Config) -> float:
    """Return how many seconds of processor time so many bytes may take.

    >>> seconds_for(100, Config(note_seconds=10.0)), seconds_for(1_500_000, Config(note_seconds=10.0))
    (10.0, 20.0)
    """
    return config.note_seconds * max(1, math.ceil(size / _MEGABYTE))


def out_of_memory(config: Config) -> str:
    """Return why a note was left out that needs too much memory."""
    most = config.note_megabytes
    return f"left out: reading it needs more than {most:,} MB of memory; split the note, or raise note_megabytes"


def failure(error: BaseException) -> str:
    """Return what is wrong with papergraph rather than with a note: the error and where in our code it came up."""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(_PACKAGE):
            place = f" at {path.relative_to(_PACKAGE).as_posix()}:{frame.lineno}"
    return f"left out: papergraph failed on this note ({type(error).__name__}{place}); please report this"


if __name__ == "__main__":
    main()
