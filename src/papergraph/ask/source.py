"""A graph that is open for questions, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from papergraph.model import Graph
from papergraph.store import Candidate


class Selectable(Protocol):
    """Anything that answers SELECT queries with rows of strings: our store, or a remote endpoint."""

    def select(self, sparql: str) -> Iterable[Mapping[str, str]]:
        """Run a SELECT query; unbound variables are left out of a row."""
        ...


class Source(Selectable, Protocol):
    """A graph that is open for questions: the store on this machine, or a graph on a server."""

    @property
    def base(self) -> str:
        """Where the IRIs of the graph begin."""
        ...

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with this name, likeliest first; raises UnknownNameError."""
        ...

    def knows(self, iri: str) -> bool:
        """Tell whether the graph says anything about an IRI."""
        ...

    def read_graph(self) -> Graph:
        """Return the whole graph as values."""
        ...
