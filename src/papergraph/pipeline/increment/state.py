"""What a store remembers of its notes beside the graph: records under keys, where an edit finds what it touches.

It says of which generation it is; one that is not of the current generation, or damaged, is of no use, and the next
build makes it anew from all notes. All of it can be lost without harm.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from papergraph.assemble.claims import Key
from papergraph.assemble.related import Pair
from papergraph.pipeline.increment.record import NoteRow, Problems, pack, unpack
from papergraph.resolve.facts import Facts, Titled
from papergraph.resolve.joins import Claims, Link, Tie
from papergraph.resolve.keys import NoteKeys

STATE = "state.sqlite"
#: What a state cannot be read or written with.
UNUSABLE = (sqlite3.Error, OSError, UnicodeError, ValueError, LookupError, TypeError)
#: Values that one statement names at most.
_MOST_VALUES = 500
_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE note(path TEXT PRIMARY KEY, row BLOB, keys BLOB) WITHOUT ROWID;
CREATE TABLE seen(name TEXT, kind TEXT, note TEXT, votes INTEGER, PRIMARY KEY(name, kind, note)) WITHOUT ROWID;
CREATE TABLE title(identifier TEXT, folded TEXT, title TEXT, note TEXT,
  PRIMARY KEY(identifier, folded, title, note)) WITHOUT ROWID;
CREATE TABLE own(key TEXT, note TEXT, PRIMARY KEY(key, note)) WITHOUT ROWID;
CREATE TABLE link(hub TEXT, key TEXT, tie INTEGER, note TEXT, count INTEGER,
  PRIMARY KEY(hub, key, tie, note)) WITHOUT ROWID;
CREATE INDEX link_key ON link(key);
CREATE TABLE claim(key TEXT, scheme TEXT, value TEXT, note TEXT, PRIMARY KEY(key, scheme, note)) WITHOUT ROWID;
CREATE TABLE owner(key TEXT PRIMARY KEY, owner TEXT) WITHOUT ROWID;
CREATE TABLE entity(owner TEXT PRIMARY KEY, unsuffixed TEXT, iri TEXT, type TEXT) WITHOUT ROWID;
CREATE INDEX entity_iri ON entity(unsuffixed);
CREATE TABLE relation(subject TEXT, object TEXT, predicate TEXT, note TEXT, denied INTEGER,
  PRIMARY KEY(subject, object, predicate, note)) WITHOUT ROWID;
CREATE INDEX introduced ON relation(subject) WHERE predicate = 'introduces';
CREATE INDEX introducer ON relation(object) WHERE predicate = 'introduces';
CREATE TABLE problem(one TEXT, other TEXT, row BLOB, PRIMARY KEY(one, other)) WITHOUT ROWID;
"""


class State:
    """The records of all notes; every change is made in one transaction, which `commit` ends."""

    def __init__(self, path: Path) -> None:
        """Open the state in a file, which need not exist; raises one of `UNUSABLE`."""
        self._path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA cache_size = -64000")

    def close(self) -> None:
        """Leave what was not committed."""
        self._db.close()

    def begin(self, *, anew: bool = False) -> None:
        """Begin to change it, or `anew` from nothing."""
        if anew:
            self._db.close()
            for suffix in ("", "-journal"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            self._db = sqlite3.connect(self._path, isolation_level=None)
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self, **meta: str) -> None:
        """End the transaction, with values that are kept by their names."""
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
        self._db.execute("COMMIT")

    def meta(self) -> dict[str, str]:
        """Return the values that `commit` was given; none for a file that is no state."""
        try:
            return dict(self._db.execute("SELECT name, value FROM meta"))
        except sqlite3.Error:
            return {}

    # notes

    def rows(self) -> dict[str, NoteRow]:
        """Return what is known of each note, by its path."""
        return {path: unpack(row, NoteRow) for path, row in self._db.execute("SELECT path, row FROM note")}

    def keys_of(self, path: str) -> NoteKeys:
        """Return the keys of a note's mentions; raises LookupError if there is none."""
        for (blob,) in self._db.execute("SELECT keys FROM note WHERE path = ?", (path,)):
            return unpack(blob, NoteKeys)
        raise LookupError(path)

    def some_rows(self, paths: Collection[str]) -> dict[str, NoteRow]:
        """Return what is known of some notes, by their paths."""
        found = self._among("SELECT path, row FROM note WHERE path IN ({})", paths)
        return {path: unpack(row, NoteRow) for path, row in found}

    def put_rows(self, rows: Iterable[tuple[str, NoteRow, NoteKeys | None]]) -> None:
        """Keep what is known of notes, without keys of those that the graph does not have."""
        packed = ((path, pack(row), pack(keys)) for path, row, keys in rows)
        self._db.executemany("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", packed)

    def drop_rows(self, paths: Iterable[str]) -> None:
        """Forget notes."""
        self._db.executemany("DELETE FROM note WHERE path = ?", ((path,) for path in paths))

    # facts

    def put_facts(self, facts: Iterable[tuple[str, Facts]]) -> None:
        """Keep what notes say of names and titles."""
        for path, said in facts:
            seen = ((name, kind, path, votes) for (name, kind), votes in said.seen.items())
            self._db.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", seen)
            self._db.executemany("INSERT OR IGNORE INTO title VALUES (?, ?, ?, ?)", ((*t, path) for t in said.titles))

    def drop_facts(self, path: str, said: Facts) -> None:
        """Forget what a note says of names and titles."""
        seen = [(*key, path) for key in said.seen]
        self._delete("DELETE FROM seen WHERE name = ? AND kind = ? AND note = ?", seen)
        titles = [(*t, path) for t in said.titles]
        self._delete("DELETE FROM title WHERE identifier = ? AND folded = ? AND title = ? AND note = ?", titles)

    def facts(self, names: Collection[str], identifiers: Collection[str]) -> Facts:
        """Return what all notes say of some names and identifiers."""
        votes = self._among("SELECT name, kind, SUM(votes) FROM seen WHERE name IN ({}) GROUP BY name, kind", names)
        query = "SELECT DISTINCT identifier, folded, title FROM title WHERE identifier IN ({})"
        titles = self._among(query, identifiers)
        return Facts({(name, kind): said for name, kind, said in votes}, frozenset(Titled(*row) for row in titles))

    def notes_with(self, names: Collection[str], identifiers: Collection[str]) -> set[str]:
        """Return the notes that say something of one of these names or identifiers."""
        found = [path for (path,) in self._among("SELECT note FROM seen WHERE name IN ({})", names)]
        found += [path for (path,) in self._among("SELECT note FROM title WHERE identifier IN ({})", identifiers)]
        return set(found)

    # keys

    def put_keys(self, notes: Iterable[tuple[str, NoteKeys]]) -> None:
        """Keep which keys notes have and how they join them."""
        for path, keys in notes:
            self._db.executemany("INSERT INTO own VALUES (?, ?)", ((key, path) for key in set(keys.own)))
            links: dict[Link, int] = {}
            for link in keys.links:
                links[link] = links.get(link, 0) + 1
            rows = ((link.hub, link.key, int(link.tie), path, count) for link, count in links.items())
            self._db.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?)", rows)
            claims = ((key, *claim, path) for key, of_key in keys.claims.items() for claim in of_key.items())
            self._db.executemany("INSERT INTO claim VALUES (?, ?, ?, ?)", claims)

    def drop_keys(self, path: str, keys: NoteKeys) -> None:
        """Forget which keys a note has."""
        self._delete("DELETE FROM own WHERE key = ? AND note = ?", [(key, path) for key in set(keys.own)])
        links = [(link.hub, link.key, int(link.tie), path) for link in set(keys.links)]
        self._delete("DELETE FROM link WHERE hub = ? AND key = ? AND tie = ? AND note = ?", links)
        claims = [(key, scheme, path) for key, of_key in keys.claims.items() for scheme in of_key]
        self._delete("DELETE FROM claim WHERE key = ? AND scheme = ? AND note = ?", claims)

    def joined(self, keys: Iterable[str]) -> set[str]:
        """Return the keys with all that links join to them, over any number of links."""
        found = set(keys)
        waiting = list(found)
        while waiting:
            ends = [end for (end,) in self._among("SELECT key FROM link WHERE hub IN ({})", waiting)]
            ends += [end for (end,) in self._among("SELECT hub FROM link WHERE key IN ({})", waiting)]
            waiting = list(set(ends) - found)
            found.update(waiting)
        return found

    def links(self, keys: Collection[str]) -> dict[Link, int]:
        """Return the links between keys, which are whole components, and how often they are stated."""
        rows = self._among("SELECT tie, hub, key, SUM(count) FROM link WHERE hub IN ({}) GROUP BY tie, hub, key", keys)
        return {Link(Tie(tie), hub, key): count for tie, hub, key, count in rows}

    def claims(self, keys: Collection[str]) -> dict[str, Claims]:
        """Return what keys claim."""
        claims: dict[str, dict[str, str]] = {}
        for key, scheme, value in self._among("SELECT DISTINCT key, scheme, value FROM claim WHERE key IN ({})", keys):
            claims.setdefault(key, {})[scheme] = value
        return dict(claims)

    def notes_of(self, keys: Collection[str]) -> set[str]:
        """Return the notes with mentions that have one of these keys."""
        return {path for (path,) in self._among("SELECT note FROM own WHERE key IN ({})", keys)}

    # entities

    def owners(self, keys: Collection[str]) -> dict[str, str]:
        """Return the key that stands for each of these keys that mentions have."""
        return dict(self._among("SELECT key, owner FROM owner WHERE key IN ({})", keys))

    def entities(self, owners: Collection[str]) -> dict[str, tuple[str, str, str]]:
        """Return IRI without suffix, IRI and type by the key that stands for an entity."""
        rows = self._among("SELECT owner, unsuffixed, iri, type FROM entity WHERE owner IN ({})", owners)
        return {owner: (unsuffixed, iri, kind) for owner, unsuffixed, iri, kind in rows}

    def unsuffixed(self, iris: Collection[str]) -> list[tuple[str, str]]:
        """Return the keys of all entities that have one of these IRIs but for a suffix, and that IRI."""
        return list(self._among("SELECT owner, unsuffixed FROM entity WHERE unsuffixed IN ({})", iris))

    def replace_entities(
        self,
        keys: Collection[str],
        owners: Iterable[tuple[str, str]],
        entities: Iterable[tuple[str, str, str, str]],
    ) -> None:
        """Keep the owners of keys, and the entities, in place of those that there were for `keys`."""
        gone = [(key,) for key in keys]
        self._db.executemany("DELETE FROM owner WHERE key = ?", gone)
        self._db.executemany("DELETE FROM entity WHERE owner = ?", gone)
        self._db.executemany("INSERT INTO owner VALUES (?, ?)", owners)
        self._db.executemany("INSERT INTO entity VALUES (?, ?, ?, ?)", entities)

    # relations

    def put_relations(self, path: str, keys: Mapping[Key, bool]) -> None:
        """Keep what a note claims, and whether it denies any of that."""
        rows = ((subject, obj, predicate, path, denied) for (subject, predicate, obj), denied in keys.items())
        self._db.executemany("INSERT INTO relation VALUES (?, ?, ?, ?, ?)", rows)

    def drop_relations(self, path: str, keys: Iterable[Sequence[str]]) -> None:
        """Forget what a note claims."""
        rows = [(subject, obj, predicate, path) for subject, predicate, obj in keys]
        self._delete("DELETE FROM relation WHERE subject = ? AND object = ? AND predicate = ? AND note = ?", rows)

    def introduced(self, subject: str) -> list[str]:
        """Return what an entity may introduce, if that may be one thing only: what nobody denies, it does introduce."""
        query = """
            SELECT object, MAX(denied) FROM relation WHERE subject = ? AND predicate = 'introduces' GROUP BY object"""
        found = list(self._db.execute(query, (subject,)))
        return [obj for obj, _ in found] if sum(not denied for _, denied in found) <= 1 else []

    def introducers(self, obj: str) -> list[str]:
        """Return what may introduce an entity and nothing else."""
        query = "SELECT DISTINCT subject FROM relation WHERE object = ? AND predicate = 'introduces'"
        return [subject for (subject,) in self._db.execute(query, (obj,)) if self.introduced(subject)]

    def objects(self, subject: str) -> list[str]:
        """Return what an entity is said to relate to."""
        query = "SELECT DISTINCT object FROM relation WHERE subject = ?"
        return [obj for (obj,) in self._db.execute(query, (subject,))]

    def claimed(self, pair: Pair) -> Iterator[tuple[Key, str]]:
        """Yield all claims of two entities, each with its note."""
        query = "SELECT subject, predicate, object, note FROM relation WHERE subject = ? AND object = ?"
        for ends in (pair, pair[::-1]):
            yield from (((s, p, o), note) for s, p, o, note in self._db.execute(query, ends))

    def introducing(self, subject: str) -> Iterator[tuple[Key, str]]:
        """Yield all claims that an entity introduces something, each with its note."""
        query = "SELECT subject, predicate, object, note FROM relation WHERE subject = ? AND predicate = 'introduces'"
        yield from (((s, p, o), note) for s, p, o, note in self._db.execute(query, (subject,)))

    def replace_problems(self, pairs: Iterable[Pair], problems: Iterable[tuple[Pair, Problems]]) -> None:
        """Keep what of the claims of pairs was left out, in place of what there was for `pairs`."""
        self._db.executemany("DELETE FROM problem WHERE one = ? AND other = ?", pairs)
        rows = ((*pair, pack(found)) for pair, found in problems)
        self._db.executemany("INSERT INTO problem VALUES (?, ?, ?)", rows)

    def problems(self) -> Problems:
        """Return what was left out of all claims of pairs."""
        return tuple(p for (row,) in self._db.execute("SELECT row FROM problem") for p in unpack(row, Problems))

    def _delete(self, query: str, rows: Sequence[tuple[str | int, ...]]) -> None:
        """Delete rows that must be there; raises ValueError if one is not, since then others may be missing too."""
        if rows and self._db.executemany(query, rows).rowcount != len(rows):
            raise ValueError("the state does not hold what notes said")

    def _among(self, query: str, values: Iterable[str]) -> Iterator[Any]:
        """Yield the rows of a query for some values, so many at a time as the engine takes."""
        left = sorted(set(values))
        for start in range(0, len(left), _MOST_VALUES):
            batch = left[start : start + _MOST_VALUES]
            yield from self._db.execute(query.format(", ".join("?" * len(batch))), batch)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[State]:
    """Open the state of the store in a folder, and close it; what was not committed is as it was."""
    state = State(folder / STATE)
    try:
        yield state
    finally:
        state.close()
