"""What the graph says about one IRI, as triples: the data behind a page."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from papergraph.ontology.terms import RDFS
from papergraph.store import GraphStore


def describe_iri(store: GraphStore, iri: str) -> Iterator[ox.Triple]:
    """Yield the triples with the IRI as subject or object, and the labels of whatever they join it with."""
    others: dict[str, None] = {}
    for quad in store.quads(iri):
        yield quad.triple
        if isinstance(quad.object, ox.NamedNode):
            others[quad.object.value] = None
    for quad in store.quads(obj=iri):
        yield quad.triple
        others[str(getattr(quad.subject, "value", ""))] = None
    for other in others:
        yield from (quad.triple for quad in store.quads(other, RDFS + "label"))
