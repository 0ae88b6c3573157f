"""Zotero's database, as Zotero lays it out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from papergraph.errors import NoteError
from papergraph.sources.bibliography.zotero import read_zotero

SCHEMA = """
CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, type TEXT);
CREATE TABLE itemTypes (itemTypeID INTEGER PRIMARY KEY, typeName TEXT);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT, libraryID INT, key TEXT);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT);
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID INT);
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT);
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE itemCreators (itemID INT, creatorID INT, creatorTypeID INT, orderIndex INT);
CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE itemTags (itemID INT, tagID INT, type INT);
CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT, parentCollectionID INT);
CREATE TABLE collectionItems (collectionID INT, itemID INT, orderIndex INT);
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY);
INSERT INTO libraries VALUES (1, 'user'), (2, 'feed');
INSERT INTO itemTypes VALUES (1, 'conferencePaper'), (2, 'attachment'), (3, 'preprint');
INSERT INTO items VALUES (1, 1, 1, 'ABCD1234'), (2, 2, 1, 'PDF00000'), (3, 3, 1, 'GONE0000'), (4, 3, 2, 'FEED0000');
INSERT INTO items VALUES (5, 3, 1, 'EFGH5678');
INSERT INTO fields VALUES (1, 'title'), (2, 'date'), (3, 'proceedingsTitle'), (4, 'extra'), (5, 'DOI');
INSERT INTO fields VALUES (6, 'archiveID');
INSERT INTO itemDataValues VALUES (1, 'Zorb: Stripes for Zebras'), (3, 'Conference on Zebras');
INSERT INTO itemDataValues VALUES (2, '2023-12-00 2023-12');
INSERT INTO itemDataValues VALUES (4, 'Citation Key: bergPinned2023'), (5, '10.1145/ABC'), (6, 'Gone'), (7, 'A Feed');
INSERT INTO itemDataValues VALUES (8, 'Quux'), (9, 'arXiv:2401.00001');
INSERT INTO itemData VALUES (1, 1, 1), (1, 2, 2), (1, 3, 3), (1, 4, 4), (1, 5, 5), (3, 1, 6), (4, 1, 7);
INSERT INTO itemData VALUES (5, 1, 8), (5, 6, 9);
INSERT INTO creators VALUES (1, 'Laurens', 'van der Berg', 0), (2, '', '李明', 1), (3, 'Ed', 'Itor', 0);
INSERT INTO creatorTypes VALUES (1, 'author'), (2, 'editor');
INSERT INTO itemCreators VALUES (1, 2, 1, 1), (1, 1, 1, 0), (1, 3, 2, 2);
INSERT INTO tags VALUES (1, 'stripes'), (2, 'Computer Science - Machine Learning');
INSERT INTO itemTags VALUES (1, 1, 0), (1, 2, 1);
INSERT INTO collections VALUES (1, 'Compression', NULL), (2, 'KV Cache', 1);
INSERT INTO collectionItems VALUES (2, 1, 0);
INSERT INTO deletedItems VALUES (3);
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "zotero.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
    connection.close()
    return path


def test_works_are_read_with_all_that_files_them(database: Path) -> None:
    zorb, quux = read_zotero(database)
    assert (zorb.key, zorb.title, zorb.year) == ("bergPinned2023", "Zorb: Stripes for Zebras", "2023")
    assert (zorb.venue, zorb.identifiers) == ("Conference on Zebras", ("10.1145/abc",))
    assert [a.name for a in zorb.authors] == ["Laurens van der Berg", "李明"]
    assert (zorb.tags, zorb.collections) == (("stripes",), (("Compression", "KV Cache"),))
    assert zorb.place == "zotero/ABCD1234:1"
    assert zorb.url == "zotero://select/library/items/ABCD1234"
    assert (quux.key, quux.keys, quux.identifiers) == ("EFGH5678", (), ("arXiv:2401.00001",))


def test_the_keys_of_better_bibtex_are_read(database: Path) -> None:
    with sqlite3.connect(database.with_name("better-bibtex.sqlite")) as keys:
        keys.execute("CREATE TABLE citationkey (itemID, itemKey, libraryID, citationKey, pinned)")
        keys.execute("INSERT INTO citationkey VALUES (5, 'EFGH5678', 1, 'quux2024', 0)")
    keys.close()
    assert read_zotero(database)[1].keys == ("quux2024",)


def test_zotero_may_be_running_and_nothing_is_written(database: Path) -> None:
    before = database.read_bytes()
    running = sqlite3.connect(database, isolation_level=None)
    try:
        running.execute("PRAGMA locking_mode = EXCLUSIVE")
        running.execute("BEGIN EXCLUSIVE")
        running.execute("UPDATE itemDataValues SET value = 'Not Yet' WHERE valueID = 8")
        assert [w.title for w in read_zotero(database)] == ["Zorb: Stripes for Zebras", "Quux"]
    finally:
        running.execute("ROLLBACK")
        running.close()
    assert database.read_bytes() == before
    assert sorted(p.name for p in database.parent.iterdir()) == ["zotero.sqlite"]


def test_what_is_no_database_of_zotero_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zotero.sqlite"
    path.write_text("no database at all, whatever its name", encoding="utf-8")
    with pytest.raises(NoteError, match="cannot be read as Zotero's database"):
        read_zotero(path)
