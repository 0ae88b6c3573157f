"""Extraction note by note, through the cache, in this process or in workers."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from papergraph.cache import ExtractionCache
from papergraph.collection import rare_collections
from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError
from papergraph.extract import VERSION, Recogniser, extract, pattern_digest
from papergraph.model import Extraction
from papergraph.names import is_chinese
from papergraph.notes import NoteFile, decode, detect, read_bytes, read_document
from papergraph.vocabulary import load_vocabulary

#: Bytes of unread notes from which on workers pay: each of them loads spaCy and the vocabulary first.
_WORTH_WORKERS = 1_500_000
#: Notes that a worker takes at a time.
_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one note: an extraction, or the reason why there is none."""

    note: NoteFile
    extraction: Extraction | None
    keys: frozenset[str]
    """Under which the cache may keep it."""
    problem: str = ""


class NoteExtractor:
    """Extracts notes through the cache; damaged notes are repaired with the clean ones among `notes`."""

    def __init__(self, config: Config, notes: Sequence[NoteFile], cache: ExtractionCache) -> None:
        self._config = config
        self._notes = notes
        self._cache = cache
        self._vocabulary = load_vocabulary([Path(p) for p in config.vocabulary])
        self._extra = load_extractors(config.extractors)
        self._patterns = tuple(Path(p) for p in config.patterns)
        self._version = "\n".join(
            (VERSION, self._vocabulary.digest, pattern_digest(self._patterns), *config.extractors)
        )
        self._clean: tuple[str, ...] | None = None

    def cached(self, note: NoteFile) -> Outcome | None:
        """Return what the cache holds of a note; None if the note must be read."""
        try:
            data = read_bytes(note)
            keys = [self._key(note.name, data)]
            extraction = self._cache.read(keys[0])
            if extraction is None and detect(decode(data)[0]):
                keys.append(self._key(note.name, data, *self._clean_texts()))
                extraction = self._cache.read(keys[1])
        except NoteError as error:
            return Outcome(note, None, frozenset(), str(error))
        return Outcome(note, extraction, frozenset(keys)) if extraction else None

    def outcome(self, note: NoteFile) -> Outcome:
        """Read one note and keep what it says."""
        try:
            data = read_bytes(note)
            clean = self._clean_texts() if detect(decode(data)[0]) else ()
            key = self._key(note.name, data, *clean)
            document = read_document(note.name, data, clean_texts=clean)
            extraction = extract(document, self._vocabulary, self._extra, self._patterns)
        except NoteError as error:
            return Outcome(note, None, frozenset(), str(error))
        self._cache.write(key, extraction)
        return Outcome(note, extraction, frozenset([key]))

    def _key(self, name: str, data: bytes, *texts: str) -> str:
        parts = (self._version.encode(), name.encode(), data, *(t.encode("utf-8", "surrogatepass") for t in texts))
        digest = hashlib.sha256()
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()[:32]

    def _clean_texts(self) -> tuple[str, ...]:
        if self._clean is None:
            self._clean = tuple(sorted(_clean_texts(self._notes)))
        return self._clean


def extract_notes(notes: Sequence[NoteFile], config: Config, cache: Path | None = None) -> Iterator[Outcome]:
    """Yield what came of each note, in the order of `notes`, whatever `config.jobs` says.

    With `jobs` 0 there is a worker for every core where so much is to be read that this pays.

    Raises:
        ConfigError: for a vocabulary, pattern file or extractor that cannot be used.
        NoteError: if a worker dies.
    """
    kept = ExtractionCache(cache)
    extractor = NoteExtractor(config, notes, kept)
    known = {note: outcome for note in notes if (outcome := extractor.cached(note))} if cache else {}
    unread = [note for note in notes if note not in known]
    jobs = _jobs(config.jobs, unread)
    fresh = _in_workers(unread, config, notes, cache, jobs) if jobs > 1 else map(extractor.outcome, unread)
    with rare_collections():
        for note in notes:
            outcome = known.pop(note) if note in known else next(fresh)
            yield outcome


def _jobs(asked: int, unread: Sequence[NoteFile]) -> int:
    if asked:
        return min(asked, len(unread))
    size = sum(note.path.stat().st_size for note in unread if note.path.is_file())
    return min(os.cpu_count() or 1, len(unread)) if size >= _WORTH_WORKERS else 1


def _in_workers(
    unread: Sequence[NoteFile], config: Config, notes: Sequence[NoteFile], cache: Path | None, jobs: int
) -> Iterator[Outcome]:
    # Workers are spawned everywhere alike: a fork would copy threads of numpy and of the caller in whatever state.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _start_worker, (config, tuple(notes), cache)) as workers:
        try:
            yield from workers.map(_work, unread, chunksize=_CHUNK)
        except BrokenProcessPool as error:
            raise NoteError("a worker process died, perhaps for want of memory; try --jobs 1") from error
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


_WORKER: list[NoteExtractor] = []


def _start_worker(config: Config, notes: tuple[NoteFile, ...], cache: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the business of the process that gave the work
    _WORKER[:] = [NoteExtractor(config, notes, ExtractionCache(cache))]


def _work(note: NoteFile) -> Outcome:
    with rare_collections():
        return _WORKER[0].outcome(note)


def load_extractors(names: Sequence[str]) -> tuple[Recogniser, ...]:
    """Return the third-party recognisers with these names, from the entry point group `papergraph.extractors`.

    Raises:
        ConfigError: for a name that no installed distribution offers, or one that cannot be imported.
    """
    known = {point.name: point for point in entry_points(group="papergraph.extractors")}
    loaded: list[Recogniser] = []
    for name in names:
        if name not in known:
            others = ", ".join(sorted(known)) or "none"
            raise ConfigError(f"no extractor named {name!r} is installed; there are: {others}")
        try:
            loaded.append(known[name].load())
        except Exception as error:
            raise ConfigError(f"extractor {name!r} ({known[name].value}) cannot be loaded: {error}") from error
    return tuple(loaded)


def _clean_texts(notes: Sequence[NoteFile]) -> Iterator[str]:
    """Yield the undamaged Chinese texts among the notes."""
    for note in notes:
        try:
            text, _ = decode(read_bytes(note))
        except NoteError:
            continue
        if is_chinese(text) and not detect(text):
            yield text
