"""Building after an edit: only what the changed notes touch is resolved, assembled and written.

An entity is an order-free function of the records of its component, which are kept under their keys (`state`); so is a
relation of the claims of its pair of entities. A build of all notes gives the same graph, quad for quad, and the same
seal. Where that is not certain (settings, code or vocabulary changed, there are corrections, much changed at once, or
something does not fit), nothing is done here, and the caller builds all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from papergraph.config import Config
from papergraph.errors import StoreError
from papergraph.model import Extraction, Problem, Run
from papergraph.pipeline.cache import Consulted, ExtractionCache
from papergraph.pipeline.increment.notes import KnownNotes
from papergraph.pipeline.increment.record import NoteRow, in_order
from papergraph.pipeline.increment.remember import remember, row_of
from papergraph.pipeline.increment.state import UNUSABLE, State, opened
from papergraph.pipeline.increment.update import Update
from papergraph.pipeline.propose.replies import read_replies
from papergraph.pipeline.readers import Outcome, extract_notes
from papergraph.pipeline.readers.sample import consulted_digest, hash_note
from papergraph.sources import NoteFile
from papergraph.store import Held, Seal, change_graph, current_generation, open_current
from papergraph.store.opening import DAMAGE
from papergraph.vocabulary import Vocabulary

__all__ = ["Basis", "Done", "build_on", "remember"]

#: Changes after which all is built anew: each leaves files that the engine would merge, and shares the others.
_MOST_CHANGES = 50
#: Share of the notes from which on a build of all costs less.
_MOST_CHANGED = 0.2
#: How many changed notes are few in any case.
_FEW = 3
_NEVER_MIND = (*UNUSABLE, *DAMAGE, StoreError)


@dataclass(frozen=True, slots=True)
class Done:
    """What a build on the last one came to."""

    seal: Seal
    problems: tuple[Problem, ...]
    """Of the notes in their order, then what was left out, by place."""
    names: tuple[str, ...]
    """Of the notes that were read."""
    keys: frozenset[str]
    """Under which the cache may keep extractions."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a build on the last one must have in common with it, and what it needs."""

    config: Config
    vocabulary: Callable[[], Vocabulary]
    """Loads it; it is needed only if something changed."""
    cache: Path
    durable: str
    """Hash of all that a graph depends on but notes."""
    progress: Callable[[str, int, int], None]
    run_of: Callable[[Sequence[str], Sequence[tuple[str, str]]], Run]
    """Returns the run of a graph by the replies of a model in it, and by the paths and hashes of its notes."""
    check: Callable[[Sequence[str], Sequence[Problem]], None]
    """Gets the names of the notes that were read, and the problems of the others; it may raise LossError."""


def build_on(held: Held, notes: Sequence[NoteFile], basis: Basis) -> Done | None:
    """Return what became of the graph by what changed in its notes; None if all must be built.

    Raises:
        LossError: as `basis.check`.
    """
    try:
        with opened(held.folder) as state:
            meta = state.meta()
            if (meta.get("durable"), meta.get("generation")) != (basis.durable, current_generation(held.folder)):
                return None
            return _Build(held, state, notes, basis, int(meta["changes"])).run()
    except _NEVER_MIND:
        return None


class _Build:
    def __init__(self, held: Held, state: State, notes: Sequence[NoteFile], basis: Basis, changes: int) -> None:
        self._held = held
        self._state = state
        self._notes = notes
        self._basis = basis
        self._changes = changes
        self._rows = state.rows()

    def run(self) -> Done | None:
        unread = [note for note in self._notes if self._is_changed(note)]
        deleted = self._rows.keys() - {note.name for note in self._notes}
        many = len(unread) + len(deleted) > max(_FEW, _MOST_CHANGED * len(self._rows))
        if many or (self._changes >= _MOST_CHANGES and (unread or deleted)):
            return None
        with ThreadPoolExecutor(1) as meanwhile:  # while a process reads the notes
            vocabulary = meanwhile.submit(self._basis.vocabulary) if unread or deleted else None
            before = open_current(self._held)
            changed = self._read(unread)
        changed.update((path, (NoteRow(""), None)) for path in deleted if self._rows[path].key)
        rows = {**self._rows, **{path: row for path, (row, _) in changed.items()}}
        rows = {path: row for path, row in rows.items() if path not in deleted}
        names = tuple(note.name for note in self._notes if rows[note.name].key)
        unreadable = [Problem(path, row.problem) for path, row in sorted(rows.items()) if not row.key]
        self._basis.check(names, unreadable)
        seal = before.seal
        if vocabulary and (changed or deleted):
            self._state.begin()
            config = self._basis.config
            replies = read_replies(Path(config.proposals)) if config.propose else None
            known = KnownNotes(self._state, ExtractionCache(self._basis.cache, replies), self._rows)
            update = Update(self._state, known, before.store, vocabulary.result(), config.base, config.threshold)
            change = update.run(changed)
            self._state.drop_rows(deleted)
            seal = change_graph(self._held, before, change, self._run(rows))
            rows = self._state.rows()
            self._state.commit(generation=current_generation(self._held.folder), changes=str(self._changes + 1))
        keys = frozenset(row.key for row in rows.values() if row.key)
        return Done(seal, tuple(self._problems(rows)), names, keys)

    def _is_changed(self, note: NoteFile) -> bool:
        row = self._rows.get(note.name)
        if row is None or row.sha256 != hash_note(note) or not row.sha256:
            return True
        if row.problem.startswith("left out"):  # it may have been the machine's fault
            return True
        count = row.consulted.count
        return bool(count) and row.consulted != Consulted(count, consulted_digest(self._notes, count))

    def _read(self, unread: Sequence[NoteFile]) -> dict[str, tuple[NoteRow, Extraction | None]]:
        basis = self._basis
        found: dict[str, tuple[NoteRow, Extraction | None]] = {}
        outcomes = extract_notes(self._notes, basis.config, basis.cache, only=unread) if unread else iter(())
        for number, outcome in enumerate(outcomes, 1):
            basis.progress(outcome.note.name, number, len(unread))
            found[outcome.note.name] = _row(outcome), outcome.extraction
        return {path: new for path, new in found.items() if new[0] != self._rows.get(path)}

    def _run(self, rows: Mapping[str, NoteRow]) -> Run:
        in_graph = [(path, row) for path, row in sorted(rows.items()) if row.key]
        replies = [rows[note.name].replies for note in self._notes if rows[note.name].replies]
        return self._basis.run_of(replies, [(path, row.sha256) for path, row in in_graph])

    def _problems(self, rows: Mapping[str, NoteRow]) -> Iterator[Problem]:
        for note in self._notes:
            row = rows[note.name]
            if row.key:
                yield from (Problem(note.name, warning, kind="repaired") for warning in row.warnings)
            else:
                yield Problem(note.name, row.problem)
        loops = (problem for row in rows.values() for problem in row.loops)
        yield from in_order((*loops, *self._state.problems()))


def _row(outcome: Outcome) -> NoteRow:
    if outcome.extraction is None:
        return NoteRow(outcome.sha256, problem=outcome.problem)
    return row_of(outcome, outcome.extraction)
