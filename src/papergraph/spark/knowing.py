"""What all notes say of a name or of a title, as rows by key: a note is keyed by what it consults, and no more.

This is what `Keys.by_facts` knows, for collections whose names do not fit one machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from papergraph.model import Extraction
from papergraph.resolve.facts import Facts, Titled, consulted_names, facts_of, together
from papergraph.resolve.identifiers import stated_identifiers
from papergraph.resolve.keys import Keys
from papergraph.spark.rows import Row, key_bytes, pack, unpack
from papergraph.text.folding import fold
from papergraph.vocabulary import Vocabulary

_NO_VOCABULARY = Vocabulary(())


@dataclass(frozen=True, slots=True)
class _Known:
    """A part of `Keys`."""

    variants: dict[str, dict[str, str]]
    doubtful: frozenset[str]
    groups: dict[str, str]
    names: frozenset[tuple[str, str]]


def fact_rows(notes: Iterable[Row]) -> Iterator[Row]:
    """Yield a packed `Facts` for each name and each identifier in the notes of a partition, rows of `EXTRACTED`."""
    facts = together(facts_of(unpack(extraction, Extraction)) for _, extraction, _ in notes if extraction)
    seen: dict[str, dict[tuple[str, str], int | None]] = defaultdict(dict)
    titles: dict[str, set[Titled]] = defaultdict(set)
    for (name, group), votes in facts.seen.items():
        seen[_of_name(name)][name, group] = votes
    for title in facts.titles:
        titles[_of_identifier(title.identifier)].add(title)
    yield from ((key_bytes(key), pack(Facts(found, frozenset()))) for key, found in seen.items())
    yield from ((key_bytes(key), pack(Facts({}, frozenset(found)))) for key, found in titles.items())


def known_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield what notes know together, of rows that `fact_rows` made and that are sorted by key.

    A title has a row of its own: an identifier in every note may have thousands, and a note needs those it has.
    """
    for key, group in groupby(rows, key=lambda row: bytes(row[0])):
        keys = Keys.by_facts(together(unpack(packed, Facts) for _, packed in group), _NO_VOCABULARY)
        if keys.groups or keys.names:
            yield key, pack(_Known({}, frozenset(), dict(keys.groups), keys.names))
        if keys.doubtful:
            yield key, pack(_Known({}, keys.doubtful, {}, frozenset()))
        for identifier, suffixes in keys.variants.items():
            for folded, suffix in suffixes.items():
                if suffix:
                    packed = pack(_Known({identifier: {folded: suffix}}, frozenset(), {}, frozenset()))
                    yield key_bytes(_of_title(identifier, folded)), packed


def consulted_rows(notes: Iterable[Row]) -> Iterator[Row]:
    """Yield rows of `CONSULTED` for what the keys of each note depend on, by rows of `EXTRACTED`."""
    for path, extraction, _ in notes:
        if extraction:
            yield from ((path, key_bytes(key)) for key in sorted(_consulted(unpack(extraction, Extraction))))


def _consulted(extraction: Extraction) -> set[str]:
    keys: set[str] = set()
    for mention in extraction.mentions:
        folded = fold(mention.name)
        keys.update(map(_of_name, consulted_names(folded)))
        for identifier in stated_identifiers(mention):
            keys |= {_of_identifier(identifier), _of_title(identifier, folded)}
    return keys


def informed_rows(notes: Iterable[Row], vocabulary: Vocabulary) -> Iterator[Row]:
    """Yield a row of `KEYED` for each note that was read, of rows of `EXTRACTED` with what the notes consulted."""
    for path, extraction, _, found in notes:
        if extraction:
            keys = _keys([unpack(value, _Known) for _, value in found or ()], vocabulary)
            yield path, extraction, pack(keys.of_note(unpack(extraction, Extraction)))


def _keys(known: Iterable[_Known], vocabulary: Vocabulary) -> Keys:
    variants: dict[str, dict[str, str]] = defaultdict(dict)
    groups: dict[str, str] = {}
    doubtful: set[str] = set()
    names: set[tuple[str, str]] = set()
    for each in known:
        for identifier, suffixes in each.variants.items():
            variants[identifier].update(suffixes)
        groups.update(each.groups)
        doubtful |= each.doubtful
        names |= each.names
    return Keys(vocabulary, variants, frozenset(doubtful), groups, frozenset(names))


def _of_name(folded: str) -> str:
    return f"name {folded}"


def _of_identifier(identifier: str) -> str:
    return f"identifier {identifier}"


def _of_title(identifier: str, folded: str) -> str:
    return f"title {identifier}\n{folded}"
