"""What a tool found, as frozen values: items with the sentences that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from papergraph.model import Evidence
from papergraph.store import Candidate

#: Sentences that one item quotes; how many there are is said.
_QUOTED = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a note with its place."""

    note: str
    line: int
    sentence: str
    confidence: float | None = None
    """Of what is read in it, 0 to 1; None where nothing but the name is."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of the graph."""

    id: str
    """Short IRI, such as `method:h2o`."""
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an answer."""

    text: str
    kind: str = ""
    """What it is listed under: a relation, a year, an aspect, a kind of gap."""
    ids: tuple[str, ...] = ()
    """Short IRIs of the entities that it names."""
    confidence: float | None = None
    quotes: tuple[Quote, ...] = ()
    sentences: int = 0
    """How many sentences it rests on, quoted or not."""
    row: Mapping[str, str] = field(default_factory=dict)
    """Of the answer to a query: values by variable."""


@dataclass(frozen=True, slots=True)
class Found:
    """The whole answer of a tool, before it is cut into pages."""

    items: tuple[Item, ...] = ()
    about: tuple[Thing, ...] = ()
    """The entities that the names in the question mean."""
    others: tuple[Thing, ...] = ()
    """Further entities with one of these names."""
    near: tuple[str, ...] = ()
    """Names or queries that may be meant, where nothing is found."""
    message: str = ""
    """What else is to be known of the answer, in words of ours."""


def short_id(iri: str, base: str) -> str:
    """Return an IRI of the graph as queries write it.

    >>> short_id("https://w3id.org/papergraph/id/method/h2o", "https://w3id.org/papergraph/id/")
    'method:h2o'
    """
    return iri.removeprefix(base).replace("/", ":", 1) if iri.startswith(base) else iri


def thing_of(candidate: Candidate, base: str) -> Thing:
    """Return what a name may mean as a value of the answer."""
    return Thing(short_id(candidate.iri, base), candidate.label, candidate.type)


def quotes_of(evidence: Iterable[Evidence], most: int = _QUOTED) -> tuple[Quote, ...]:
    """Return the first sentences of a claim, at most so many."""
    return tuple(Quote(e.note, e.line, e.sentence, e.confidence) for e in [*evidence][:most])
