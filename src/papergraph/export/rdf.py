"""RDF 1.1 in the formats of the engine, sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from papergraph.ask.source import Readable
from papergraph.ontology.terms import prefixes
from papergraph.rdf import canonical_nquads

if TYPE_CHECKING:
    import rdflib


def to_nquads(source: Readable) -> str:
    """Return canonical N-Quads."""
    return canonical_nquads(source.quads())


def to_trig(source: Readable) -> str:
    """Return TriG, with the named graphs of the notes."""
    quads = sorted(source.quads(), key=lambda q: (str(q.graph_name), *_parts(q.triple)))
    return _decoded(ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes(source.base)))


def to_turtle(source: Readable) -> str:
    """Return Turtle: the triples of all graphs."""
    triples = sorted({q.triple for q in source.quads()}, key=_parts)
    return _decoded(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes(source.base)))


def to_rdflib(source: Readable) -> rdflib.Dataset:
    """Return the graph for rdflib, with our prefixes bound."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=canonical_nquads(source.quads()), format="nquads")
    for prefix, iri in prefixes(source.base).items():
        dataset.bind(prefix, iri, replace=True)
    return dataset


def _parts(triple: ox.Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _decoded(data: bytes | None) -> str:
    return (data or b"").decode()
