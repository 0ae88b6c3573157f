"""Entities by their names: sorted lines that are made with the graph and kept beside it, since look-up must be quick.

A line `n NAME, IRI` for each folded name of an entity, a line `e IRI, TYPE, MENTIONS, LABEL` for each entity, with tabs
for the commas. What is looked up is found by bisection: nothing is read whole.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from papergraph.errors import UnknownNameError
from papergraph.model import Entity
from papergraph.store.lines import Buffer, SortedLines, field, join_lines, text_of
from papergraph.text.folding import fold

_MOST_SUGGESTIONS = 5
#: Below this a beginning fits too many names to help.
_SHORTEST_BEGINNING = 3
_NAME, _ENTITY, _TAB = b"n ", b"e ", b"\t"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean."""

    iri: str
    type: str
    label: str
    mentions: int


def likeness(candidate: Candidate, name: str) -> tuple[bool, bool, int, str]:
    """Return the order of entities with one name: by label as given, by label however spelt, by mentions, by IRI."""
    return (candidate.label != name, fold(candidate.label) != fold(name), -candidate.mentions, candidate.iri)


def write_names(entities: Iterable[Entity]) -> bytes:
    """Return the table of names of some entities; equal entities give equal bytes."""
    return join_lines(line for entity in entities for line in _lines(entity))


def rewrite_names(table: bytes, gone: Iterable[str], new: Iterable[Entity]) -> bytes:
    """Return a table without the entities that have the IRIs `gone`, and with the `new` ones."""
    left_out = {field(iri) for iri in gone}
    lines = (line for line in table.split(b"\n") if line and _subject(line) not in left_out)
    return join_lines([*lines, *(line for entity in new for line in _lines(entity))])


def _subject(line: bytes) -> bytes:
    """Return the field of the IRI that a line is about."""
    first, _, rest = line[2:].partition(_TAB)
    return rest if line.startswith(_NAME) else first


def _lines(entity: Entity) -> Iterator[bytes]:
    iri = field(entity.iri)
    yield _ENTITY + _TAB.join((iri, field(entity.type), b"%d" % len(entity.places), field(entity.label)))
    forms = (entity.label, *entity.aliases, *entity.identifiers, *_short_identifiers(entity.identifiers))
    for key in {fold(form) or form for form in forms}:
        yield _NAME + field(key) + _TAB + iri


def _short_identifiers(identifiers: Iterable[str]) -> Iterator[str]:
    return (i.partition(":")[2] for i in identifiers if ":" in i and "://" not in i)


class NameTable:
    """The table, open for look-up."""

    def __init__(self, table: Buffer = b"") -> None:
        """Look things up in what `write_names` made; without it there are no names."""
        self._lines = SortedLines(table)

    def holds(self, iri: str) -> bool:
        """Tell whether an entity has this IRI."""
        return next(self._lines.starting(_ENTITY + field(iri) + _TAB), None) is not None

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with this name, likeliest first: by label as given, by label, by mentions.

        Raises:
            UnknownNameError: if there is none; it carries the nearest names.
        """
        if found := self.named(name):
            return found
        raise UnknownNameError("entity", name, self.suggest(name))

    def named(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with this name as `find` does, none where there is none."""
        if self.holds(name):
            return tuple(self._candidates([field(name)]))
        found = self._candidates(self._having(fold(name) or name))
        return tuple(sorted(found, key=lambda c: likeness(c, name)))

    def suggest(self, name: str) -> tuple[str, ...]:
        """Return up to five labels that are spelt like `name`, or begin like it."""
        key = fold(name)
        keys = list(dict.fromkeys(text_of(_key(line)) for line in self._lines.starting(_NAME)))
        near = difflib.get_close_matches(key, keys, n=2 * _MOST_SUGGESTIONS, cutoff=0.6)
        if len(key) >= _SHORTEST_BEGINNING:
            near += sorted((k for k in keys if k.startswith(key)), key=lambda k: (len(k), k))
        labels = (candidate.label for k in near for candidate in self._candidates(self._having(k)))
        return tuple(dict.fromkeys(labels))[:_MOST_SUGGESTIONS]

    def containing(self, text: str, most: int) -> list[Candidate]:
        """Return up to `most` entities with `text` somewhere in a name, however spelt, those named most often first."""
        part = field(fold(text))
        lines = self._lines.holding(part, _NAME) if part else ()
        iris = {_subject(line) for line in lines if part in _key(line)}
        found = sorted(self._candidates(iris), key=lambda c: (-c.mentions, c.label.casefold(), c.iri))
        return found[:most]

    def starting(self, text: str, most: int) -> list[Candidate]:
        """Return up to `most` entities with a name that begins with `text`, however spelt; often named ones first."""
        iris = {_subject(line) for line in self._lines.starting(_NAME + field(fold(text)))}
        return sorted(self._candidates(iris), key=lambda c: (-c.mentions, c.label.casefold(), c.iri))[:most]

    def beginning(self, start: str) -> list[Candidate]:
        """Return the entities whose IRIs begin with `start`, in their order."""
        return [_candidate(line) for line in self._lines.starting(_ENTITY + field(start))]

    def _having(self, key: str) -> list[bytes]:
        return [_subject(line) for line in self._lines.starting(_NAME + field(key) + _TAB)]

    def _candidates(self, iris: Iterable[bytes]) -> Iterator[Candidate]:
        for iri in iris:
            yield from map(_candidate, self._lines.starting(_ENTITY + iri + _TAB))


def _key(line: bytes) -> bytes:
    return line[len(_NAME) :].partition(_TAB)[0]


def _candidate(line: bytes) -> Candidate:
    iri, kind, mentions, label = line[len(_ENTITY) :].split(_TAB)
    return Candidate(text_of(iri), text_of(kind), text_of(label), int(mentions))
