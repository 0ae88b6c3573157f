"""The database: what it holds is the graph, keys hold, views read well, and sentences are found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from papergraph.export.sqlite import to_sqlite
from papergraph.model import Graph
from tests import graphs


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(to_sqlite(replace(graphs.small_graph(), threshold=0.5)))
        yield opened


def test_it_is_whole_and_every_key_leads_somewhere(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA application_id").fetchone() == (0x70677068,)


def test_every_entity_claim_and_sentence_is_there(database: sqlite3.Connection) -> None:
    graph = graphs.small_graph()

    def count(table: str) -> int:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  ours

    assert count("entities") == len(graph.entities)
    assert count("relations") == len(graph.relations)
    assert count("evidence") == sum(len(r.evidence) + len(r.contradicted) for r in graph.relations)
    assert count("mentions") == sum(len(e.places) for e in graph.entities)
    assert count("notes") == len(graph.notes)
    names = {(e.iri, name) for e in graph.entities for name in (e.label, *e.aliases)}
    assert names == set(database.execute("SELECT e.iri, n.name FROM names n JOIN entities e ON e.id = n.entity"))


def test_claims_are_read_in_names_with_their_surest_sentence(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT predicate, object, asserted, sentence FROM claims WHERE subject = 'Keyformer'")
    found = {(predicate, to): (asserted, sentence) for predicate, to, asserted, sentence in rows}
    assert found["uses", "Llama 2"] == (1, "Keyformer was tried with Llama 2.")
    assert found["improvesOn", "H2O"][0] == 1
    denied = database.execute("SELECT subject, object FROM claims WHERE polarity = 'negative'").fetchall()
    assert ("SnapKV", "Keyformer") in denied
    assert database.execute("SELECT newer, older FROM lineage WHERE older = 'H2O'").fetchall() == [("Keyformer", "H2O")]


def test_papers_are_listed_with_what_they_introduce(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT name, year, introduces FROM papers ORDER BY year").fetchall()
    assert rows[0] == ("An oracle of heavy hitters", 2023, "H2O")


@pytest.mark.skipif(sqlite3.sqlite_version_info < (3, 34), reason="the tokenizer is newer")
def test_parts_of_sentences_are_found_in_both_languages(database: sqlite3.Connection) -> None:
    for words, sentence in (("也许比", "SnapKV 也许比 H2O 好。"), ("better", "Keyformer is a better H2O.")):
        found = database.execute(
            "SELECT sentence FROM evidence WHERE id IN (SELECT rowid FROM evidence_fts WHERE evidence_fts MATCH ?)",
            (words,),
        ).fetchall()
        assert found == [(sentence,)]


def test_datasette_will_find_labels_and_search(database: sqlite3.Connection) -> None:
    # Its rules: a row is called by a column `name`; a table is searched by what has it as content.
    for table in ("entities", "notes"):
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        assert "name" in columns
    (made,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'evidence_fts'").fetchone()
    assert 'content="evidence"' in made
    keys = {row[3]: row[2] for row in database.execute("PRAGMA foreign_key_list(relations)")}
    assert keys == {"subject": "entities", "object": "entities", "dataset": "entities"}


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert to_sqlite(graphs.small_graph()) == to_sqlite(graphs.small_graph())
    assert to_sqlite(Graph()) == to_sqlite(Graph())
