"""What contradicts what as items: one for each conflict, with the sentences of all sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from papergraph.insight.conflicts import Conflict, Side, find_conflicts
from papergraph.mcp.found import Item, Quote, short_id
from papergraph.model import Graph

_Places = Mapping[tuple[str, int, str], float]


@dataclass(frozen=True, slots=True)
class Contradictions:
    """The conflicts of a graph, and how sure the claims of their sentences are."""

    conflicts: tuple[Conflict, ...]
    confidence: _Places
    """Of the surest claim that a sentence at a line of a note supports."""


def read_contradictions(graph: Graph) -> Contradictions:
    """Return the conflicts of the whole graph."""
    found = find_conflicts(graph)
    sides = {(s.note, s.line, s.sentence) for conflict in found for s in conflict.sides}
    sure: dict[tuple[str, int, str], float] = {}
    for evidence in (e for relation in graph.relations for e in relation.evidence):
        place = (evidence.note, evidence.line, evidence.sentence)
        if place in sides:
            sure[place] = max(evidence.confidence, sure.get(place, 0.0))
    return Contradictions(found, sure)


def conflict_items(found: Contradictions, iri: str, base: str) -> tuple[Item, ...]:
    """Return the conflicts about an entity, all of them for the empty string."""
    return tuple(
        _conflict(conflict, found.confidence, base) for conflict in found.conflicts if not iri or iri in conflict.about
    )


def _conflict(conflict: Conflict, sure: _Places, base: str) -> Item:
    quotes = tuple(_side(side, sure) for side in conflict.sides)
    ids = tuple(short_id(iri, base) for iri in conflict.about)
    confidence = min((q.confidence for q in quotes if q.confidence is not None), default=None)
    return Item(f"{conflict.place}: {conflict.message}", conflict.kind, ids, confidence, quotes, len(quotes))


def _side(side: Side, sure: _Places) -> Quote:
    return Quote(side.note, side.line, side.sentence, sure.get((side.note, side.line, side.sentence)))
