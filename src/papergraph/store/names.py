"""Entities by their names: a table that is made with the graph and kept beside it, since look-up must be quick."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from papergraph.errors import UnknownNameError
from papergraph.model import Graph
from papergraph.ontology.identifiers import CITATION_KEY, find_scheme
from papergraph.text.folding import fold

_MOST_SUGGESTIONS = 5
#: Below this a beginning fits too many names to help.
_SHORTEST_BEGINNING = 3


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


def names_to_json(graph: Graph) -> str:
    """Return the table: what each entity is called, and for each folded name the entities that have it."""
    keys: dict[str, list[str]] = {}
    for entity in graph.entities:
        forms = (entity.label, *entity.aliases, *entity.identifiers, *_short_identifiers(entity.identifiers))
        for key in sorted({fold(form) or form for form in forms}):
            keys.setdefault(key, []).append(entity.iri)
    entities = {e.iri: [e.type, e.label, len(e.places)] for e in graph.entities}
    # Lone surrogates in names survive as escapes only.
    return json.dumps({"entities": entities, "keys": dict(sorted(keys.items()))}) + "\n"


def _short_identifiers(identifiers: Iterable[str]) -> Iterator[str]:
    for identifier in identifiers:
        if ":" in identifier and "://" not in identifier:
            yield identifier.partition(":")[2]
        if find_scheme(identifier) is CITATION_KEY:
            yield f"@{CITATION_KEY.number(identifier)}"


class NameTable:
    """The table, open for look-up."""

    def __init__(self, text: str) -> None:
        """Keep the text that `names_to_json` made; it is read when a name is first looked up."""
        self._text = text

    @cached_property
    def _entities(self) -> dict[str, list[Any]]:
        return dict(self._data["entities"])

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        return dict(self._data["keys"])

    @cached_property
    def _data(self) -> dict[str, Any]:
        return dict(json.loads(self._text))

    def holds(self, iri: str) -> bool:
        """Tell whether an entity has this IRI."""
        return iri in self._entities

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
            return (self._candidate(name),)
        iris = self._keys.get(fold(name) or name, ())
        return tuple(sorted(map(self._candidate, iris), key=lambda c: likeness(c, name)))

    def suggest(self, name: str) -> tuple[str, ...]:
        """Return up to five labels that are spelt like `name`, or begin like it."""
        key = fold(name)
        near = difflib.get_close_matches(key, self._keys, n=2 * _MOST_SUGGESTIONS, cutoff=0.6)
        if len(key) >= _SHORTEST_BEGINNING:
            near += sorted((k for k in self._keys if k.startswith(key)), key=lambda k: (len(k), k))
        labels = (self._candidate(iri).label for k in near for iri in self._keys[k])
        return tuple(dict.fromkeys(labels))[:_MOST_SUGGESTIONS]

    def containing(self, text: str, most: int) -> list[Candidate]:
        """Return up to `most` entities with `text` somewhere in a name, however spelt, those named most often first."""
        key = fold(text)
        iris = {iri for known, having in self._keys.items() if key in known for iri in having} if key else set()
        found = sorted(map(self._candidate, iris), key=lambda c: (-c.mentions, c.label.casefold(), c.iri))
        return found[:most]

    def beginning(self, start: str) -> list[Candidate]:
        """Return the entities whose IRIs begin with `start`, in their order."""
        return [self._candidate(iri) for iri in sorted(self._entities) if iri.startswith(start)]

    def _candidate(self, iri: str) -> Candidate:
        entity_type, label, mentions = self._entities[iri]
        return Candidate(iri, entity_type, label, mentions)
