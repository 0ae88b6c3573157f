"""The notes of the last build, of which only those that are asked for are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from papergraph.pipeline.cache import ExtractionCache
from papergraph.pipeline.increment.record import NoteRow
from papergraph.pipeline.increment.state import State
from papergraph.resolve.components import KeyedNote


class KnownNotes:
    """Extractions and keys of notes, as the last build left them."""

    def __init__(self, state: State, cache: ExtractionCache, rows: Mapping[str, NoteRow]) -> None:
        self._state = state
        self._cache = cache
        self._rows = rows
        self._read: dict[str, KeyedNote] = {}

    def __contains__(self, path: str) -> bool:
        """Tell whether the last build could read a note."""
        return path in self._rows and bool(self._rows[path].key)

    def __getitem__(self, path: str) -> KeyedNote:
        """Return a note; raises LookupError if its extraction was not kept."""
        if path not in self._read:
            kept = self._cache.read(self._rows[path].key)
            if kept is None:
                raise LookupError(f"the extraction of {path} is gone")
            self._read[path] = kept.extraction, self._state.keys_of(path)
        return self._read[path]


def iris_by_key(state: State, keys: Iterable[str]) -> dict[str, str]:
    """Return the IRIs of the entities that keys of mentions stand for, as the state has them."""
    owners = state.owners(set(keys))
    entities = state.entities(set(owners.values()))
    return {key: entities[owner][1] for key, owner in owners.items()}
