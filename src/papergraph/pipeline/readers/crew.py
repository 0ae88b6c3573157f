"""Several readers that share the notes among them, and are replaced when they die, hang or grow fat."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path

from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError
from papergraph.model import Extraction
from papergraph.pipeline.cache import Consulted, ExtractionCache, cache_key
from papergraph.pipeline.fingerprint import extraction_fingerprint
from papergraph.pipeline.propose.replies import read_replies
from papergraph.pipeline.readers.keys import keys_in
from papergraph.pipeline.readers.messages import Outcome, ReadTask, Setting, outcome_of
from papergraph.pipeline.readers.reader import Reader, ReaderDied, give_back, take_reader
from papergraph.pipeline.readers.sample import Sample, consulted_digest
from papergraph.sources import NoteFile, read_bytes
from papergraph.sources.bibliography.library import read_library
from papergraph.system import posix
from papergraph.system.garbage import rare_collections

#: Bytes of unread notes from which on several readers pay: each of them loads the rules and the vocabulary first.
_WORTH_READERS = 1_500_000
#: How often a note is given to a reader before its death is the note's fault; more often if others may have killed it.
_TRIES, _TRIES_IF_KILLED = 2, 4
_KILLED = frozenset({-9, -signal.SIGTERM})  # not every system has the name SIGKILL
#: Wall time for each second of processor time: a reader may wait for a slow disk, or for its turn on a busy machine.
_PATIENCE = 4


def extract_notes(
    notes: Sequence[NoteFile],
    config: Config,
    cache: Path | None = None,
    *,
    keys: frozenset[str] | None = None,
    propose: bool = False,
    only: Sequence[NoteFile] | None = None,
) -> Iterator[Outcome]:
    """Yield what came of each note, in the order of `notes`, whatever `config.jobs` says; of those in `only`, if given.

    With `jobs` 0 there is a reader for every core where so much is to be read that this pays. `keys` are those of the
    library of the settings, which is read if they are not given. With `propose` each outcome also says what is still to
    be asked of the language model of the settings.

    Raises:
        ConfigError: for a vocabulary, pattern file or extractor that cannot be used.
        NoteError: if no process can be started.
    """
    known = read_library(config.library).keys if keys is None else keys
    setting = Setting(config, tuple(notes), cache, extraction_fingerprint(config), Path.cwd(), known, propose=propose)
    kept = ExtractionCache(cache, read_replies(Path(config.proposals)) if config.propose and cache else None)
    wanted = notes if only is None else only
    done = _known(kept, setting, wanted) if cache else {}
    unread = [note for note in wanted if note not in done]
    fresh = _read([ReadTask(note) for note in unread], setting, _jobs(config.jobs, unread))
    with rare_collections():
        for note in wanted:
            yield done.pop(note) if note in done else next(fresh)


def extract_text(name: str, data: bytes, config: Config) -> Extraction:
    """Return what the note in `data` says.

    Raises:
        NoteError: if it cannot be read.
        ConfigError: as `extract_notes`.
    """
    if len(data) > config.max_bytes:
        raise NoteError(
            f"{name}: larger than max_bytes = {config.max_bytes:,} bytes; split the note, or raise the limit"
        )
    setting = Setting(config, (), None, extraction_fingerprint(config), Path.cwd())
    (outcome,) = _read([ReadTask(NoteFile(Path(name), name), data)], setting, 1)
    if outcome.extraction is None:
        raise NoteError(f"{name}: {outcome.problem}")
    return outcome.extraction


def extract_each(notes: Iterable[tuple[str, bytes]], config: Config, sample: Sample) -> Iterator[Outcome]:
    """Yield what came of each note, given by its name and its bytes, one after the other, by one reader.

    Damaged notes are repaired by `sample`.

    Raises:
        ConfigError, NoteError: as `extract_notes`.
    """
    crew = _Crew(Setting(config, (), None, extraction_fingerprint(config), Path.cwd(), sample=sample), 1)
    try:
        for name, data in notes:
            yield from crew.outcomes([ReadTask(NoteFile(Path(name), name), data)])
    finally:
        crew.dismiss()


def extract_made(name: str, data: bytes, config: Config, cache: Path | None) -> Outcome:
    """Return what came of a note that is in no file, but made of other things; the cache is asked first.

    Raises:
        ConfigError: as `extract_notes`.
    """
    setting = Setting(replace(config, propose=""), (), cache, extraction_fingerprint(config), Path.cwd())
    note = NoteFile(Path(name), name)
    key = cache_key(setting.fingerprint, name, data)
    if kept := ExtractionCache(cache).read(key):
        return Outcome(note, kept.extraction, frozenset([key]))
    return next(_read([ReadTask(note, data)], setting, 1))


def _known(cache: ExtractionCache, setting: Setting, notes: Sequence[NoteFile]) -> dict[NoteFile, Outcome]:
    """Return what the cache holds of the notes; those that must be read are left out."""
    found = ((note, _cached(cache, setting, note)) for note in notes)
    known = {note: outcome for note, outcome in found if outcome}
    counts = {outcome.consulted.count for outcome in known.values()} - {0}
    now = {Consulted(), *(Consulted(count, consulted_digest(setting.notes, count)) for count in counts)}
    return {note: outcome for note, outcome in known.items() if outcome.consulted in now}


def _cached(cache: ExtractionCache, setting: Setting, note: NoteFile) -> Outcome | None:
    try:
        data = read_bytes(note)
        key = cache_key(setting.fingerprint, note.name, data, *keys_in(note.name, data, setting.keys))
    except NoteError as error:
        return Outcome(note, None, problem=str(error))
    kept = cache.read(key)
    return outcome_of(note, key, kept) if kept else None


def _jobs(asked: int, unread: Sequence[NoteFile]) -> int:
    if asked:
        return min(asked, len(unread))
    size = sum(note.path.stat().st_size for note in unread if note.path.is_file())
    return min(os.cpu_count() or 1, len(unread)) if size >= _WORTH_READERS else 1


def _read(tasks: Sequence[ReadTask], setting: Setting, jobs: int) -> Iterator[Outcome]:
    if not tasks:
        return
    if lacking := posix.missing():
        raise NoteError(f"no process can be confined to read notes: {lacking}")
    crew = _Crew(setting, jobs)
    try:
        yield from crew.outcomes(tasks)
    finally:
        crew.dismiss()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A task that a reader has."""

    number: int
    tries: int
    deadline: float


class _Crew:
    def __init__(self, setting: Setting, jobs: int) -> None:
        self._setting = setting
        self._jobs = jobs
        self._idle: list[Reader] = []
        self._busy: dict[Reader, _Attempt] = {}

    def outcomes(self, tasks: Sequence[ReadTask]) -> Iterator[Outcome]:
        """Yield what came of each task, in their order."""
        waiting = deque((number, 1) for number in range(len(tasks)))
        done: dict[int, Outcome] = {}
        for number in range(len(tasks)):
            while number not in done:
                self._hire(min(self._jobs - len(self._busy), len(waiting)))
                while waiting and self._idle:
                    self._begin(tasks, *waiting.popleft())
                for attempt, outcome in self._collect(tasks):
                    if outcome is None:
                        waiting.appendleft((attempt.number, attempt.tries + 1))
                    else:
                        done[attempt.number] = outcome
            yield done.pop(number)

    def _hire(self, wanted: int) -> None:
        """See to it that so many readers are idle."""
        new = [self._take() for _ in range(wanted - len(self._idle))]
        try:
            while new:
                self._idle.append(self._ready(new.pop()))
        finally:
            for reader in new:
                reader.kill()

    def _take(self) -> Reader:
        reader = take_reader()
        reader.set(self._setting)
        return reader

    def _ready(self, reader: Reader) -> Reader:
        """Wait for a reader that is starting; for another one if somebody kills it."""
        for _ in range(_TRIES_IF_KILLED):
            try:
                reader.wait_until_ready()
            except ReaderDied:
                reader = self._take()
            except ConfigError:
                reader.kill()
                raise
            else:
                return reader
        reader.kill()
        raise NoteError("cannot start a process to read notes; check that there is enough memory")

    def _begin(self, tasks: Sequence[ReadTask], number: int, tries: int) -> None:
        reader = self._idle.pop()
        self._busy[reader] = _Attempt(number, tries, self._deadline(self._setting.config.note_seconds))
        reader.begin(tasks[number])

    def _deadline(self, seconds: float) -> float:
        """Return when a reader that may take so many seconds of processor time is waited for no longer."""
        return time.monotonic() + _PATIENCE * seconds

    def _collect(self, tasks: Sequence[ReadTask]) -> Iterator[tuple[_Attempt, Outcome | None]]:
        """Wait until something happens, and yield what: an outcome, or None for a task that is to be tried again."""
        nearest = min(attempt.deadline for attempt in self._busy.values())
        wait([reader.connection for reader in self._busy], max(0.0, nearest - time.monotonic()))
        for reader, attempt in list(self._busy.items()):
            note = tasks[attempt.number].note
            if reader.connection.poll():
                if (ended := self._hear(reader, note, attempt)) is not None:
                    yield ended
            elif attempt.deadline <= time.monotonic():
                del self._busy[reader]
                reader.kill()
                yield attempt, Outcome(note, None, problem=self._too_slow())

    def _hear(self, reader: Reader, note: NoteFile, attempt: _Attempt) -> tuple[_Attempt, Outcome | None] | None:
        """Return how an attempt ended; None if it goes on."""
        try:
            reply = reader.reply()
        except ReaderDied as death:
            del self._busy[reader]
            return attempt, self._epitaph(note, attempt, death.code)
        if isinstance(reply, float):
            self._busy[reader] = replace(attempt, deadline=self._deadline(reply))
            return None
        del self._busy[reader]
        if reply.spent:
            reader.close()
        else:
            self._idle.append(reader)
        return attempt, reply.outcome

    def _epitaph(self, note: NoteFile, attempt: _Attempt, code: int) -> Outcome | None:
        if code == -signal.SIGXCPU:
            return Outcome(note, None, problem=self._too_slow())
        most = _TRIES_IF_KILLED if code in _KILLED else _TRIES
        return Outcome(note, None, problem=_obituary(code, attempt.tries)) if attempt.tries >= most else None

    def _too_slow(self) -> str:
        seconds = self._setting.config.note_seconds
        return f"left out: reading it takes more than {seconds:g} s per megabyte; split the note, or raise note_seconds"

    def dismiss(self) -> None:
        """Let the readers go."""
        for reader in self._busy:
            reader.kill()
        for reader in self._idle:
            give_back(reader)


def _obituary(code: int, tries: int) -> str:
    try:
        reason = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        reason = f"signal {-code}"
    return f"left out: it crashed the process that reads it {tries} times ({reason}); please report this"
