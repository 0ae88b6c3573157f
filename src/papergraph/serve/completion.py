"""The words that the query editor offers: prefixes, terms of the ontology, and names in the graph."""

from __future__ import annotations

from typing import Any

from papergraph.model import ENTITY_TYPES, PREDICATES
from papergraph.ontology.kinds import KINDS
from papergraph.ontology.terms import PG, class_iri, predicate_iri, prefixes
from papergraph.store import GraphStore

#: Names of entities that the editor knows; those named most often come first.
_MOST_NAMES = 1_500
_MORE = (
    "rdf:type",
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "rdfs:label",
    "skos:altLabel",
    "dcterms:issued",
    "dcterms:title",
    "dcterms:identifier",
    "pg:buildsOn",
    "pg:hasEvidence",
    "pg:contradictedBy",
    "pg:sentence",
    "pg:line",
    "pg:inNote",
    "pg:confidence",
    "pg:polarity",
    "pg:mentions",
    "pg:Statement",
    "pg:Evidence",
    "pg:Note",
)


def completion_terms(store: GraphStore) -> dict[str, Any]:
    """Return the prefixes, and pairs of a term as queries write it and what it is called."""
    known = prefixes(store.base)
    terms = [*(class_iri(t) for t in ENTITY_TYPES), *(predicate_iri(p) for p in PREDICATES)]
    written = [f"pg:{iri.removeprefix(PG)}" for iri in terms if iri.startswith(PG)]
    names = []
    for kind in ENTITY_TYPES:
        for candidate in store.entities(store.base + KINDS[kind] + "/"):
            local = candidate.iri.removeprefix(store.base + KINDS[kind] + "/")
            if all(c.isalnum() or c in "-_" for c in local):
                names.append((-candidate.mentions, f"{KINDS[kind]}:{local}", candidate.label))
    offered = [[term, label] for _, term, label in sorted(names)[:_MOST_NAMES]]
    return {"prefixes": known, "terms": [*dict.fromkeys([*written, *_MORE])], "names": offered}
