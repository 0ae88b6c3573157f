"""From changed notes to the change of the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox

from papergraph.assemble.claims import Key
from papergraph.model import Extraction, NoteRecord
from papergraph.ontology.iri import note_iri
from papergraph.pipeline.increment.entities import EntityUpdate, TouchedEntities
from papergraph.pipeline.increment.notes import KnownNotes, iris_by_key
from papergraph.pipeline.increment.owned import quads_of_entity, quads_of_note, quads_of_relation, reasons_of
from papergraph.pipeline.increment.record import NoteRow
from papergraph.pipeline.increment.relations import RelationUpdate, TouchedRelations
from papergraph.pipeline.increment.state import State
from papergraph.rdf import entity_quads, note_quads, place_quads, relation_quads, without_unfit
from papergraph.resolve.profile import place_of
from papergraph.store import Change
from papergraph.vocabulary import Vocabulary


class Update:
    """Applies edits of notes to the graph of a state; whatever fails leaves a state that must not be committed."""

    def __init__(
        self, state: State, known: KnownNotes, store: ox.Store, vocabulary: Vocabulary, base: str, threshold: float
    ) -> None:
        self._state = state
        self._known = known
        self._store = store
        self._vocabulary = vocabulary
        self._base = base
        self._threshold = threshold

    def run(self, changed: Mapping[str, tuple[NoteRow, Extraction | None]]) -> Change:
        """Return how the graph changes with notes, whose rows are given; those without an extraction are not in it."""
        said = {path: extraction for path, (_, extraction) in changed.items()}
        entities = EntityUpdate(self._state, self._known, self._vocabulary, self._base, self._shows_line).run(said)
        relations = RelationUpdate(self._state, self._known, self._base).run(entities)
        self._keep(changed, entities, relations)
        lost = [key for key in relations.gone if next(quads_of_relation(self._store, key, self._base), None)]
        old = frozenset(self._old_quads(entities, lost))
        new = frozenset(self._new_quads(entities, relations))
        return Change(
            old - new,
            new - old,
            entities.gone,
            entities.entities,
            [predicate for _, predicate, _ in lost],
            [relation.predicate for relation in relations.relations],
        )

    def _shows_line(self, iri: str, path: str) -> bool:
        """Tell whether a reason of an entity names a line of a note, or those of others may name one for it."""
        shown = without_unfit(f"({path}:")
        return any(shown in reason or reason.startswith("kept apart") for reason in reasons_of(self._store, iri))

    def _keep(
        self,
        changed: Mapping[str, tuple[NoteRow, Extraction | None]],
        entities: TouchedEntities,
        relations: TouchedRelations,
    ) -> None:
        rows = {path: row for path, (row, _) in changed.items()}
        known = self._state.some_rows(set(entities.after) - set(rows))
        self._state.put_rows(
            (path, replace(rows.get(path) or known[path], loops=relations.loops[path]), keys)
            for path, (_, keys) in entities.after.items()
        )
        self._state.put_rows((path, row, None) for path, row in rows.items() if path not in entities.after)

    def _old_quads(self, entities: TouchedEntities, lost: list[Key]) -> Iterator[ox.Quad]:
        for iri, _ in entities.gone:
            yield from quads_of_entity(self._store, iri)
        for path in entities.before:
            yield from quads_of_note(self._store, note_iri(path, self._base))
        for key in lost:
            yield from quads_of_relation(self._store, key, self._base)

    def _new_quads(self, entities: TouchedEntities, relations: TouchedRelations) -> Iterator[ox.Quad]:
        for entity in entities.entities:
            yield from entity_quads(entity)
        iris = iris_by_key(self._state, {key for _, keys in entities.after.values() for key in keys.own})
        for path, (extraction, keys) in entities.after.items():
            record = NoteRecord(note_iri(path, self._base), path, extraction.sha256, extraction.encoding)
            yield from note_quads(record)
            note = ox.NamedNode(record.iri)
            for mention, key in zip(extraction.mentions, keys.own, strict=True):
                yield from place_quads(iris[key], place_of(extraction, mention), note)
        said = {e.note for r in relations.relations for e in (*r.evidence, *r.contradicted)}
        notes = {path: ox.NamedNode(note_iri(path, self._base)) for path in said}
        for relation in relations.relations:
            yield from relation_quads(relation, notes, self._threshold)
