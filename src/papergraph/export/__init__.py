"""The graph in the formats of other tools; the same graph gives the same bytes in each."""

from __future__ import annotations

from collections.abc import Callable

from papergraph.ask.source import Readable
from papergraph.errors import UnknownNameError
from papergraph.export.bibtex import to_bibtex
from papergraph.export.cypher import to_cypher
from papergraph.export.jsonld import to_jsonld, triples_to_jsonld
from papergraph.export.networks import to_gexf, to_graphml, to_networkx
from papergraph.export.rdf import to_nquads, to_rdflib, to_trig, to_turtle
from papergraph.export.tables import entities_csv, relations_csv

__all__ = ["EXPORT_FORMATS", "export_graph", "export_tables", "to_networkx", "to_rdflib", "triples_to_jsonld"]

_WRITERS: dict[str, Callable[[Readable], str]] = {
    "turtle": to_turtle,
    "trig": to_trig,
    "nquads": to_nquads,
    "jsonld": to_jsonld,
    "graphml": lambda source: to_graphml(source.read_graph()),
    "gexf": lambda source: to_gexf(source.read_graph()),
    "csv": lambda source: relations_csv(source.read_graph()),
    "cypher": lambda source: to_cypher(source.read_graph()),
    "bibtex": lambda source: to_bibtex(source.read_graph()),
}
#: What `export --format` accepts.
EXPORT_FORMATS: tuple[str, ...] = tuple(_WRITERS)


def export_graph(source: Readable, form: str) -> bytes:
    """Return the whole graph as one of `EXPORT_FORMATS`; csv is the table of relations.

    Raises:
        UnknownNameError: for another format.
        StoreError: for a format of RDF, if the graph lies on a server.
    """
    if form not in _WRITERS:
        raise UnknownNameError("export format", form, EXPORT_FORMATS, closed=True)
    return _WRITERS[form](source).encode("utf-8")


def export_tables(source: Readable) -> tuple[tuple[str, bytes], ...]:
    """Return the tables of the graph as pairs of file name and content: its relations and its entities."""
    graph = source.read_graph()
    tables = (("entities.csv", entities_csv(graph)), ("relations.csv", relations_csv(graph)))
    return tuple((name, text.encode("utf-8")) for name, text in tables)
