"""Which quads of a graph describe an entity, a note or a relation: what is written anew when that changes."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from papergraph.assemble.claims import Key, statement_of
from papergraph.model import PREDICATES
from papergraph.ontology.terms import PG, SUPER, predicate_iri

_DEFAULT = ox.DefaultGraph()
_RELATING = frozenset({*map(predicate_iri, PREDICATES), *SUPER.values()})
_MENTIONED_AT = ox.NamedNode(PG + "mentionedAt")
_REASON = ox.NamedNode(PG + "reason")
_EVIDENCE = tuple(ox.NamedNode(PG + name) for name in ("hasEvidence", "contradictedBy"))


def quads_of_entity(store: ox.Store, iri: str) -> Iterator[ox.Quad]:
    """Yield what the notes say of an entity together, without its relations and places."""
    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, _DEFAULT):
        if quad.predicate.value not in _RELATING:
            yield quad


def quads_of_note(store: ox.Store, iri: str) -> Iterator[ox.Quad]:
    """Yield what the graph says of a note itself, and the places where it names entities."""
    note = ox.NamedNode(iri)
    yield from store.quads_for_pattern(note, None, None, note)
    yield from store.quads_for_pattern(None, _MENTIONED_AT, None, note)


def quads_of_relation(store: ox.Store, key: Key, base: str) -> Iterator[ox.Quad]:
    """Yield a relation with its evidence and its plain triples; nothing if the graph does not have it."""
    statement = ox.NamedNode(statement_of(key, base))
    quads = list(store.quads_for_pattern(statement, None, None, None))
    if not quads:
        return
    yield from quads
    for quad in quads:
        if quad.predicate in _EVIDENCE and isinstance(quad.object, ox.NamedNode):
            yield from store.quads_for_pattern(quad.object, None, None, None)
    subject, predicate, obj = key
    for iri in {predicate_iri(predicate), SUPER.get(predicate, "")} - {""}:
        yield from store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(iri), ox.NamedNode(obj), _DEFAULT)


def reasons_of(store: ox.Store, iri: str) -> Iterator[str]:
    """Yield why the mentions of an entity were merged, and why others were not."""
    for quad in store.quads_for_pattern(ox.NamedNode(iri), _REASON, None, _DEFAULT):
        yield str(getattr(quad.object, "value", ""))
