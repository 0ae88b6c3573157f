"""A graph that is open for questions, wherever it lies: in memory, in the folder of a store, or on a server.

Whatever asks a graph asks it through one of these protocols, and knows no kinds of graphs; what differs between them is
a method here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from papergraph.model import Graph
from papergraph.store import Candidate

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

    from papergraph.ask.answer import Answer
    from papergraph.ask.limits import Limits
    from papergraph.ask.named import NamedQuery


class Selectable(Protocol):
    """Anything that answers the SELECT queries of papergraph with rows of strings."""

    def select(self, sparql: str) -> Iterable[Mapping[str, str]]:
        """Run a SELECT query; unbound variables are left out of a row."""
        ...


class Nameable(Selectable, Protocol):
    """A graph whose entities can be found by their names."""

    @property
    def base(self) -> str:
        """Where the IRIs of the graph begin."""
        ...

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with this name as label, alias, identifier or IRI; raises UnknownNameError."""
        ...

    def named(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with this name as label, alias or identifier, likeliest first; or none."""
        ...

    def suggest(self, name: str) -> tuple[str, ...]:
        """Return up to five labels that are spelt like `name`."""
        ...

    def knows(self, iri: str) -> bool:
        """Tell whether the graph says anything about an IRI."""
        ...


class Readable(Protocol):
    """A graph that can be read as a whole."""

    @property
    def base(self) -> str:
        """Where the IRIs of the graph begin."""
        ...

    @property
    def digest(self) -> str:
        """Of the quads, whatever their order; raises StoreError as `quads`."""
        ...

    def quads(self) -> Iterable[ox.Quad]:
        """Return every quad; raises StoreError for a graph on a server, which has no graphs of single notes."""
        ...

    def read_graph(self) -> Graph:
        """Return the whole graph as values."""
        ...


class Source(Nameable, Readable, Protocol):
    """A graph that is open for every question."""

    @property
    def folder(self) -> Path | None:
        """The folder of the store; None for a graph in memory or on a server."""
        ...

    def __repr__(self) -> str:
        """Return how much the graph holds, or where it lies."""
        ...

    def without_model(self) -> Source:
        """Return the graph without what only a language model says."""
        ...

    def limits(self, *, seconds: float | None = None, megabytes: int | None = None, rows: int | None = None) -> Limits:
        """Return the limits for a query, the defaults for None; 0 means no limit of `seconds` or `rows`.

        Raises:
            StoreError: for a limit that this kind of source cannot keep; says what can.
        """
        ...

    def ask(self, sparql: str, *, limits: Limits | None = None) -> Answer:
        """Return the answer to SPARQL; our prefixes need no declaration.

        Without `limits` a graph on this machine answers in this process, which a query may keep busy.

        Raises:
            QueryError: for SPARQL that is wrong, too large, too deep, or asks the network.
            LimitError: for a query that is over a limit.
            EndpointError: if a server refuses or does not answer.
        """
        ...

    def answer(self, query: NamedQuery, given: Mapping[str, str], form: str, *, limits: Limits, width: int = 0) -> str:
        """Return the answer to a query whose parameters are `given` as names, as text in one of `answer.FORMATS`.

        Raises:
            UnknownNameError: for a parameter or an entity that does not exist.
            QueryError: as `ask`.
        """
        ...
