"""Choosing the entity that a name means, for commands, query parameters, Python, pages and search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from papergraph.ask.source import Nameable
from papergraph.model import EntityType
from papergraph.ontology.terms import DCTERMS, prefixes
from papergraph.store import Candidate, likeness
from papergraph.text.folding import fold

#: When a name fits several entities, people mean the method before the paper that shares its name.
_ORDER = ("Method", "Model", "Dataset", "Hardware", "Institution", "Paper", "Topic", "Person")

#: How the name fits the entity.
Match = Literal["IRI", "label", "alias", "identifier"]
#: Why the entity comes before the others with this name.
Preference = Literal["the only one", "the type asked for", "its type", "its label", "named most often", "its IRI"]


@dataclass(frozen=True, slots=True)
class Choice:
    """The entity that a name means, the reason, and the alternatives."""

    name: str
    """The name as given."""
    candidate: Candidate
    match: Match
    """How the name matches: as `IRI`, `label`, `alias` or `identifier`."""
    preference: Preference
    """Why: `the only one`, `the type asked for`, `its type`, `its label`, `named most often` or `its IRI`."""
    alternatives: tuple[Candidate, ...] = ()
    """The other entities with this name, most likely first."""

    @property
    def iri(self) -> str:
        """The IRI of the entity."""
        return self.candidate.iri

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """All entities with this name, the chosen one first."""
        return (self.candidate, *self.alternatives)


def choose(source: Nameable, name: str, prefer: EntityType | None = None) -> Choice:
    """Return the entity that `name` means: one of the type `prefer` if there is one, else by type, label and mentions.

    Raises:
        UnknownNameError: if no entity has this name; with suggestions.
    """
    found = by_preference(source.find(name), name, prefer)
    first, others = found[0], found[1:]
    return Choice(name, first, _match(source, first, name), _preference(found, name, prefer), others)


def by_preference(found: Sequence[Candidate], name: str, prefer: EntityType | None = None) -> tuple[Candidate, ...]:
    """Return the entities with a name in the order in which people mean them."""
    return tuple(sorted(found, key=lambda c: (*_by_type(c, prefer), *likeness(c, name))))


def _by_type(candidate: Candidate, prefer: EntityType | None) -> tuple[bool, int]:
    return candidate.type != prefer, _ORDER.index(candidate.type)


def _match(source: Nameable, candidate: Candidate, name: str) -> Match:
    prefix, _, local = name.partition(":")
    if candidate.iri in {name, prefixes(source.base).get(prefix, "") + local}:
        return "IRI"
    if fold(candidate.label) == fold(name):
        return "label"
    identifiers = source.select(f"SELECT DISTINCT ?id {{ <{candidate.iri}> <{DCTERMS}identifier> ?id }}")
    ours = {fold(form) for row in identifiers for form in (row["id"], row["id"].partition(":")[2])}
    return "identifier" if fold(name) in ours else "alias"


def _preference(found: Sequence[Candidate], name: str, prefer: EntityType | None) -> Preference:
    """Return why the first comes before the second."""
    if len(found) == 1:
        return "the only one"
    first, second = found[:2]
    if prefer and first.type == prefer != second.type:
        return "the type asked for"
    if first.type != second.type:
        return "its type"
    exact, folded, mentions, _ = (a != b for a, b in zip(likeness(first, name), likeness(second, name), strict=True))
    return "its label" if exact or folded else "named most often" if mentions else "its IRI"
