"""Short ways of writing down what the server says about itself in RDF."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from papergraph.ask.answer import RDF_FORMATS
from papergraph.ontology.terms import RDF, XSD, prefixes

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
VOID_EXT = "http://ldf.fi/void-ext#"
SH = "http://www.w3.org/ns/shacl#"
FORMATS = "http://www.w3.org/ns/formats/"
TYPE = RDF + "type"
_PREFIXES = {"sd": SD, "void": VOID, "void-ext": VOID_EXT, "sh": SH, "formats": FORMATS}


def says(subject: str, predicate: str, value: str | int | ox.Literal) -> ox.Triple:
    """Return a triple; a string is an IRI."""
    if isinstance(value, int):
        value = ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
    return ox.Triple(
        ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value) if isinstance(value, str) else value
    )


def write_triples(triples: Iterable[ox.Triple], form: str, base: str) -> bytes:
    """Return triples, sorted, in one of `papergraph.ask.answer.RDF_FORMATS`."""
    ordered = sorted(set(triples), key=str)
    return ox.serialize(ordered, format=RDF_FORMATS[form], prefixes={**prefixes(base), **_PREFIXES}) or b""
