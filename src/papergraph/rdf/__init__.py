"""A graph as RDF quads in the ontology's terms, and back.

The named graph of a note, called like the note, holds what only it says: its mentions, its evidence, and the statements
that no other note supports. The default graph holds what the notes say together: entities, plain triples, and the
statements that several notes support. No triple is in two graphs, since the engine's union of all graphs, which queries
see, would count it twice. There are no blank nodes, so equal graphs are equal quads.

A place is one literal, `line:start-end:surface`, from the entity by `pg:mentionedAt` in the note's graph.
"""

from __future__ import annotations

from papergraph.rdf.digest import digest_of, digest_of_sum, each_once, updated
from papergraph.rdf.nquads import canonical_lines, canonical_nquads, nquads_line
from papergraph.rdf.read import from_quads
from papergraph.rdf.values import place_value, without_unfit
from papergraph.rdf.write import (
    entity_quads,
    evidence_quads,
    note_quads,
    place_quads,
    reason_quads,
    relation_quads,
    statement_quads,
    to_quads,
    translated_label,
)

__all__ = [
    "canonical_lines",
    "canonical_nquads",
    "digest_of",
    "digest_of_sum",
    "each_once",
    "entity_quads",
    "evidence_quads",
    "from_quads",
    "note_quads",
    "nquads_line",
    "place_quads",
    "place_value",
    "reason_quads",
    "relation_quads",
    "statement_quads",
    "to_quads",
    "translated_label",
    "updated",
    "without_unfit",
]
