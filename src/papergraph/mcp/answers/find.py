"""Entities as items: each with where its notes are, and the surest sentence about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from papergraph.ask.source import Selectable
from papergraph.ask.statements import batches, read_evidence, values_of
from papergraph.mcp.found import Item, quotes_of, short_id
from papergraph.model import Evidence
from papergraph.store import Candidate

#: Notes that an item names.
_NOTES = 3


def entity_items(source: Selectable, candidates: Sequence[Candidate], base: str) -> tuple[Item, ...]:
    """Return an item for each entity, in the given order; `base` is that of the graph.

    Raises:
        QueryError: if the store cannot answer.
    """
    iris = [c.iri for c in candidates]
    notes = values_of(source, iris, "?n pg:mentions ?x ; dcterms:identifier ?y .")
    best = _surest(source, iris)
    return tuple(_entity(c, sorted(notes.get(c.iri, ())), best.get(c.iri, ()), base) for c in candidates)


def _entity(candidate: Candidate, notes: Sequence[str], evidence: Sequence[Evidence], base: str) -> Item:
    named = f"named {candidate.mentions} times" if candidate.mentions != 1 else "named once"
    where = f" in {', '.join(notes[:_NOTES])}" + (f" and {len(notes) - _NOTES} more" if len(notes) > _NOTES else "")
    text = f"{candidate.label}: {named}{where if notes else ''}"
    confidence = evidence[0].confidence if evidence else None
    return Item(text, candidate.type, (short_id(candidate.iri, base),), confidence, quotes_of(evidence, 1))


def _surest(source: Selectable, iris: Sequence[str]) -> Mapping[str, tuple[Evidence, ...]]:
    """Return for each entity the evidence of its surest claim."""
    ranked: dict[str, tuple[float, str]] = {}
    for batch in batches(iris):
        rows = source.select(f"""
            SELECT DISTINCT ?x ?st ?c {{ VALUES ?x {{ {batch} }}
              {{ ?st rdf:subject ?x }} UNION {{ ?st rdf:object ?x }}
              ?st pg:confidence ?c ; pg:polarity "positive" }}""")
        for row in rows:
            rank = (-float(row["c"]), row["st"])
            ranked[row["x"]] = min(rank, ranked.get(row["x"], rank))
    evidence = read_evidence(source, (statement for _, statement in ranked.values()))
    return {iri: evidence.get(statement, ()) for iri, (_, statement) in ranked.items()}
