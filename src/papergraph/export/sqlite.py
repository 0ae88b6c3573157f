"""The graph as an SQLite database: tables with keys and indices, views to read, and search in the sentences.

It is made so that Datasette shows it well without settings: foreign keys lead from row to row, what a row is called is
in a column `name`, and the table of sentences can be searched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from papergraph.export.rows import evidence_rows, mention_rows, relation_rows, year_of
from papergraph.model import Graph
from papergraph.resources import read_resource

#: The tokenizer that finds any three characters, Chinese too; older versions of SQLite have it not.
_TRIGRAM = (3, 34, 0)
#: An identifier of the file, as its header has room for one: "pgph".
_APPLICATION = 0x70677068


def to_sqlite(graph: Graph) -> bytes:
    """Return the bytes of a database; the same graph gives the same bytes with the same version of SQLite."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(read_resource("data/export/tables.sql"))
        for table, rows in _tables(graph):
            _fill(database, table, rows)
        tokenizer = "trigram" if sqlite3.sqlite_version_info >= _TRIGRAM else "unicode61"
        database.executescript(read_resource("data/export/views.sql").replace("{tokenizer}", tokenizer))
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.commit()
        return database.serialize()


def _fill(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    width = len(database.execute(f"PRAGMA table_info({table})").fetchall())
    marks = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {table} VALUES ({marks})", (tuple(map(_fitting, row)) for row in rows))  # noqa: S608  names of ours


def _fitting(value: Any) -> Any:
    """Return a value as SQLite takes it: text without halves of surrogate pairs and NUL, which ends text for many."""
    return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd") if isinstance(value, str) else value


def _tables(graph: Graph) -> Iterator[tuple[str, Iterator[tuple[Any, ...]]]]:
    """Yield the rows of each table, those first that others refer to; rows are numbered in the order of the graph."""
    entities = {e.iri: number for number, e in enumerate(graph.entities, 1)}
    notes = {n.path: number for number, n in enumerate(graph.notes, 1)}
    yield "notes", ((notes[n.path], n.path, n.iri, n.sha256, n.encoding) for n in graph.notes)
    yield "entities", _entities(graph, entities)
    yield "names", ((entities[e.iri], name) for e in graph.entities for name in dict.fromkeys((e.label, *e.aliases)))
    yield "identifiers", ((entities[e.iri], i) for e in graph.entities for i in dict.fromkeys(e.identifiers))
    yield "attributes", ((entities[e.iri], *pair) for e in graph.entities for pair in dict.fromkeys(e.attributes))
    yield "relations", _relations(graph, entities)
    yield "evidence", _evidence(graph, notes)
    yield "mentions", ((entities[iri], notes.get(note), *rest) for iri, note, *rest in mention_rows(graph))


def _entities(graph: Graph, numbers: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for entity in graph.entities:
        values = dict(reversed(entity.attributes))
        about = (values.get("title"), year_of(entity), values.get("venue"))
        yield (numbers[entity.iri], entity.label, entity.type, *about, len(entity.places), entity.iri)


def _relations(graph: Graph, entities: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(relation_rows(graph), 1):
        iri, subject, _, _, predicate, obj, _, _, *claim, _, dataset, metric = row
        yield (number, entities[subject], predicate, entities[obj], *claim, entities.get(dataset), metric, iri)


def _evidence(graph: Graph, notes: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    relations = {r.iri: number for number, r in enumerate(graph.relations, 1)}
    for number, row in enumerate(evidence_rows(graph), 1):
        iri, relation, supports, note, *place, sentence, extractor, tier, confidence = row
        where = (notes.get(note), *place)
        yield (number, relations[relation], supports, sentence, *where, extractor, tier, confidence, iri)
