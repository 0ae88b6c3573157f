"""From the bytes of notes to what each says, and to the keys under which notes meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from papergraph.config import Config
from papergraph.model import Extraction
from papergraph.pipeline.readers import extract_each
from papergraph.pipeline.readers.sample import Sample
from papergraph.resolve.components import KeyedNote
from papergraph.resolve.facts import Facts, facts_of, together
from papergraph.resolve.joins import Claims, Link
from papergraph.resolve.keys import Keys, NoteKeys
from papergraph.spark.rows import Columns, Row, pack, unpack
from papergraph.vocabulary import Vocabulary, load_vocabulary

EXTRACTED: Columns = {"path": str, "extraction": bytes, "problem": str}
KEYED: Columns = {"path": str, "extraction": bytes, "keys": bytes}
#: One value for a whole partition.
SUM: Columns = {"sum": bytes}


@dataclass(frozen=True, slots=True)
class Joins:
    """What notes say of keys together."""

    links: list[tuple[Link, int]]
    """Each with how often it is stated."""
    claims: dict[str, Claims]


@cache
def vocabulary_of(paths: tuple[str, ...]) -> Vocabulary:
    """Return the vocabulary with the user's files, loaded once a process."""
    return load_vocabulary([Path(path) for path in paths])


def extract_rows(notes: Iterable[Row], config: Config, texts: tuple[str, ...]) -> Iterator[Row]:
    """Yield a row of `EXTRACTED` for each note, given by path and bytes; `texts` help to repair damaged ones.

    One process reads all notes of the partition, under the limits of `config`; it is replaced if a note ends it.
    """
    named = ((path, bytes(content)) for path, content in notes)
    for outcome in extract_each(named, config, Sample(texts)):
        found = outcome.extraction
        yield outcome.note.name, pack(found) if found else None, outcome.problem


def sum_facts(notes: Iterable[Row]) -> Iterator[Row]:
    """Yield what the notes of a partition, rows of `EXTRACTED`, say of names and titles together."""
    facts = together(facts_of(unpack(extraction, Extraction)) for _, extraction, _ in notes if extraction)
    yield (pack(facts),)


def merge_facts(sums: Iterable[Row]) -> Facts:
    """Return what the notes of all partitions say together."""
    return together(unpack(data, Facts) for (data,) in sums)


def key_rows(notes: Iterable[Row], keys: Keys) -> Iterator[Row]:
    """Yield a row of `KEYED` for each note that was read."""
    for path, extraction, _ in notes:
        if extraction:
            yield path, extraction, pack(keys.of_note(unpack(extraction, Extraction)))


def keyed_notes(rows: Iterable[Row]) -> Iterator[KeyedNote]:
    """Yield the notes of rows of `KEYED`."""
    for _, extraction, keys in rows:
        yield unpack(extraction, Extraction), unpack(keys, NoteKeys)


def sum_joins(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the `Joins` of the notes of a partition, given as packed keys."""
    links, claims = links_and_claims(rows)
    yield (pack(Joins(list(links.items()), claims)),)


def links_and_claims(rows: Iterable[Row]) -> tuple[Counter[Link], dict[str, Claims]]:
    """Return how often notes, given as packed keys, state each link, and the claims that they make."""
    links: Counter[Link] = Counter()
    claims: dict[str, Claims] = {}
    for (packed,) in rows:
        keys = unpack(packed, NoteKeys)
        links.update(keys.links)
        claims.update(keys.claims)
    return links, claims


def merge_joins(sums: Iterable[Row]) -> tuple[Counter[Link], dict[str, Claims]]:
    """Return the links and claims of all partitions."""
    links: Counter[Link] = Counter()
    claims: dict[str, Claims] = {}
    for (packed,) in sums:
        joins = unpack(packed, Joins)
        links.update(dict(joins.links))
        claims.update(joins.claims)
    return links, claims
