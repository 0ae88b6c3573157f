"""A graph in memory, and what it has in common with every graph on this machine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from papergraph.ask.limits import MOST_ROWS, Limits, own_limits
from papergraph.errors import StoreError
from papergraph.model import Graph
from papergraph.store import Candidate, GraphStore

if TYPE_CHECKING:
    from papergraph.ask.answer import Answer
    from papergraph.ask.named import NamedQuery
    from papergraph.ask.source import Source


class Opened(ABC):
    """A graph with an open store."""

    @property
    @abstractmethod
    def store(self) -> GraphStore:
        """The open store."""

    @property
    def base(self) -> str:
        """Where the IRIs of the graph begin."""
        return self.store.base

    @property
    def digest(self) -> str:
        """Of the quads, whatever their order, as the graph was sealed."""
        return self.store.seal.digest

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with this name; raises UnknownNameError."""
        return self.store.find(name)

    def knows(self, iri: str) -> bool:
        """Tell whether the graph says anything about an IRI."""
        return self.store.knows(iri)

    def named(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with `name` as label, alias or identifier, likeliest first; none where there is none."""
        return self.store.named(name)

    def suggest(self, name: str) -> tuple[str, ...]:
        """Return up to five labels that are spelt like `name`."""
        return self.store.suggest(name)

    def select(self, sparql: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a SELECT query of ours."""
        return self.store.select(sparql)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad."""
        return self.store.quads()

    def read_graph(self) -> Graph:
        """Return the whole graph as values."""
        return self.store.read_graph()

    def __repr__(self) -> str:
        seal = self.store.seal
        entities, relations = (sum(n for _, n in counts) for counts in (seal.entities, seal.relations))
        notes = len(seal.run.inputs)
        return f"{entities} entities, {relations} relations, {notes} {'note' if notes == 1 else 'notes'}"


class MemoryGraph(Opened):
    """A graph in memory; no other process can open it, so that its queries have no limit but that of rows."""

    folder = None

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    @property
    def store(self) -> GraphStore:
        """The store in memory."""
        return self._store

    def limits(self, *, seconds: float | None = None, megabytes: int | None = None, rows: int | None = None) -> Limits:
        """Return limits of rows; raises StoreError for others."""
        if seconds or megabytes:
            raise StoreError("limits need a graph in a store: build it with pg.build(..., store=FOLDER)")
        return own_limits(rows=rows)

    def ask(self, sparql: str, *, limits: Limits | None = None) -> Answer:
        """Return the answer to SPARQL, in this process."""
        from papergraph.ask.query import ask

        return ask(self.store, sparql, most_rows=(limits.rows if limits else 0) or MOST_ROWS)

    def answer(self, query: NamedQuery, given: Mapping[str, str], form: str, *, limits: Limits, width: int = 0) -> str:
        """Return the answer to a query with parameters as text."""
        from papergraph.ask.answer import render_answer
        from papergraph.ask.parameters import fill_parameters

        return render_answer(self.ask(fill_parameters(self, query, given), limits=limits), form, width=width)

    def without_model(self) -> Source:
        """Return the graph without what only a language model says."""
        return MemoryGraph(self.store.without_model())
