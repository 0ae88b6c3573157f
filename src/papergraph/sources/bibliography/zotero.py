"""Zotero's database, from a copy that is read only: also while Zotero runs, which holds a lock on its own."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from papergraph.errors import NoteError
from papergraph.model import Span
from papergraph.sources.bibliography.csl import read_item
from papergraph.sources.bibliography.work import Work

#: The name of the library in evidence; behind it stands the key of the item.
NAME = "zotero"
_KEYS = "better-bibtex.sqlite"
#: What an open database may have beside it; without it the last changes would be missing.
_BESIDE = ("", "-journal", "-wal")
_TRIES, _WAIT = 3, 0.3

_ITEMS = """
SELECT items.itemID, items.libraryID, items.key, itemTypes.typeName FROM items
JOIN itemTypes USING (itemTypeID)
WHERE itemTypes.typeName NOT IN ('attachment', 'note', 'annotation')
  AND items.itemID NOT IN (SELECT itemID FROM deletedItems)
  AND items.libraryID NOT IN (SELECT libraryID FROM libraries WHERE type = 'feed')
ORDER BY items.libraryID, items.key"""
_VALUES = """
SELECT itemData.itemID, fields.fieldName, itemDataValues.value FROM itemData
JOIN fields USING (fieldID) JOIN itemDataValues USING (valueID)"""
_CREATORS = """
SELECT itemCreators.itemID, creators.firstName, creators.lastName, creators.fieldMode, creatorTypes.creatorType
FROM itemCreators JOIN creators USING (creatorID) JOIN creatorTypes USING (creatorTypeID)
ORDER BY itemCreators.itemID, itemCreators.orderIndex"""
_TAGS = """
SELECT itemTags.itemID, tags.name, itemTags.type FROM itemTags JOIN tags USING (tagID)
ORDER BY itemTags.itemID, tags.name"""
_COLLECTIONS = "SELECT collectionID, collectionName, parentCollectionID FROM collections ORDER BY collectionID"
_HELD = "SELECT collectionID, itemID FROM collectionItems ORDER BY itemID, collectionID"


@dataclass(slots=True)
class _Items:
    """What the tables say of items, by their number."""

    rows: list[tuple[int, int, str, str]] = field(default_factory=list)
    values: dict[int, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    creators: dict[int, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    tags: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    collections: dict[int, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))


def read_zotero(database: Path) -> tuple[Work, ...]:
    """Return the works in the database, by library and key of the item; groups are read, feeds are not.

    Raises:
        NoteError: if it cannot be copied, or is no database of Zotero.
    """
    for attempt in range(_TRIES):
        try:
            return _read_copy(database)
        except (OSError, sqlite3.Error) as error:
            if attempt == _TRIES - 1:
                raise NoteError(f"{database.name} cannot be read as Zotero's database: {error}") from error
            time.sleep(_WAIT)  # Zotero was writing while it was copied
    return ()


def _read_copy(database: Path) -> tuple[Work, ...]:
    with tempfile.TemporaryDirectory(prefix="papergraph-") as folder:
        copied = _copy(database, Path(folder))
        with contextlib.closing(sqlite3.connect(copied)) as connection:
            items = _read_items(connection)
        keys = _read_keys(database.with_name(_KEYS), Path(folder))
    works = [work for row in items.rows if (work := _work(row, items, keys))]
    return tuple(_unique(works))


def _copy(database: Path, folder: Path) -> Path:
    for ending in _BESIDE:
        source = database.with_name(database.name + ending)
        if not ending or source.is_file():
            shutil.copyfile(source, folder / source.name)
    return folder / database.name


def _read_items(connection: sqlite3.Connection) -> _Items:
    connection.execute("PRAGMA query_only = ON")
    found = _Items(rows=list(connection.execute(_ITEMS)))
    for item, name, value in connection.execute(_VALUES):
        found.values[item][name] = value
    for item, first, last, mode, kind in connection.execute(_CREATORS):
        person = {"name": last} if mode else {"firstName": first or "", "lastName": last or ""}
        found.creators[item].append({"creatorType": kind, **person})
    for item, name, kind in connection.execute(_TAGS):
        found.tags[item].append({"tag": name, "type": kind})
    paths = _paths({number: (name, parent) for number, name, parent in connection.execute(_COLLECTIONS)})
    for collection, item in connection.execute(_HELD):
        if path := paths.get(collection):
            found.collections[item].append(path)
    return found


def _paths(collections: Mapping[int, tuple[str, int | None]]) -> dict[int, tuple[str, ...]]:
    """Return for each collection the names from the outermost one down to it."""
    paths: dict[int, tuple[str, ...]] = {}
    for number in collections:
        names: list[str] = []
        seen: set[int] = set()
        current: int | None = number
        while current is not None and current in collections and current not in seen:
            seen.add(current)
            name, above = collections[current]
            names.append(name)
            current = above
        paths[number] = tuple(reversed(names))
    return paths


def _read_keys(database: Path, folder: Path) -> dict[tuple[int, str], str]:
    """Return the citation keys that Better BibTeX keeps, by library and key of the item; none without it."""
    if not database.is_file():
        return {}
    try:
        copied = _copy(database, folder)
        with contextlib.closing(sqlite3.connect(copied)) as connection:
            connection.execute("PRAGMA query_only = ON")
            rows = list(connection.execute("SELECT libraryID, itemKey, citationKey FROM citationkey"))
    except (OSError, sqlite3.Error):
        return {}
    return {(library, item): key for library, item, key in rows if key}


def _work(row: tuple[int, int, str, str], items: _Items, keys: Mapping[tuple[int, str], str]) -> Work | None:
    number, library, key, kind = row
    item: dict[str, Any] = {**items.values[number], "itemType": kind, "itemID": key}
    item |= {"creators": items.creators[number], "tags": items.tags[number]}
    if given := keys.get((library, key)):
        item["citationKey"] = given
    work = read_item(item, "", Span(0, 1), {key: items.collections[number]})
    return replace(work, file=f"{NAME}/{key}", url=work.url or f"zotero://select/library/items/{key}") if work else None


def _unique(works: list[Work]) -> Iterator[Work]:
    """Yield each work once by the name of its item, which the user's library and a group may share."""
    seen: set[str] = set()
    for work in works:
        if work.file not in seen:
            seen.add(work.file)
            yield work
