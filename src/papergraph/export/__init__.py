"""The graph in the formats of other tools; the same graph gives the same bytes in each."""

from __future__ import annotations

from collections.abc import Callable

from papergraph.ask.source import Readable
from papergraph.errors import UnknownNameError
from papergraph.export.bibtex import to_bibtex
from papergraph.export.cypher import to_cypher
from papergraph.export.jsonld import to_jsonld, triples_to_jsonld
from papergraph.export.networks import to_gexf, to_graphml, to_networkx
from papergraph.export.parquet import to_parquet
from papergraph.export.rdf import to_nquads, to_rdflib, to_trig, to_turtle
from papergraph.export.sqlite import to_sqlite
from papergraph.export.table import Table, make_table
from papergraph.export.tables import entities_csv, relations_csv

__all__ = [
    "EXPORT_FORMATS",
    "FOLDER_FORMATS",
    "Table",
    "export_graph",
    "export_tables",
    "make_table",
    "to_networkx",
    "to_rdflib",
    "triples_to_jsonld",
]

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
EXPORT_FORMATS: tuple[str, ...] = (*_WRITERS, "sqlite", "parquet")
#: Formats of several files; csv is one of them if a folder is given.
FOLDER_FORMATS = ("csv", "parquet")


def export_graph(source: Readable, form: str, *, spreadsheet: bool = False) -> bytes:
    """Return the whole graph as one of `EXPORT_FORMATS` but parquet; csv is the table of relations.

    `spreadsheet` makes csv safe for spreadsheets: no cell runs as a formula, and a mark says that it is UTF-8.

    Raises:
        UnknownNameError: for another format.
        StoreError: for a format of RDF, if the graph lies on a server.
    """
    if form == "sqlite":
        return to_sqlite(source.read_graph())
    if form not in _WRITERS:
        raise UnknownNameError("export format of one file", form, (*_WRITERS, "sqlite"), closed=True)
    if spreadsheet and form == "csv":
        return relations_csv(source.read_graph(), spreadsheet=True).encode("utf-8")
    return _WRITERS[form](source).encode("utf-8")


def export_tables(source: Readable, form: str = "csv", *, spreadsheet: bool = False) -> tuple[tuple[str, bytes], ...]:
    """Return the tables of the graph as pairs of file name and content, in one of `FOLDER_FORMATS`.

    Raises:
        UnknownNameError: for another format.
        ConfigError: for parquet without pyarrow.
    """
    graph = source.read_graph()
    if form == "parquet":
        return to_parquet(graph)
    if form != "csv":
        raise UnknownNameError("format of tables", form, FOLDER_FORMATS)
    tables = (
        ("entities.csv", entities_csv(graph, spreadsheet=spreadsheet)),
        ("relations.csv", relations_csv(graph, spreadsheet=spreadsheet)),
    )
    return tuple((name, text.encode("utf-8")) for name, text in tables)
