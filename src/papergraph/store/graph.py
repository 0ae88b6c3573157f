"""A graph that is open for reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from papergraph.errors import QueryError, StoreError
from papergraph.model import Graph, Run
from papergraph.ontology.terms import BASE, PG, prefixes
from papergraph.rdf import canonical_lines, digest_of, from_quads, nquads_line, to_quads
from papergraph.store.names import Candidate, NameTable, write_names
from papergraph.store.seal import Seal, make_seal


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees, by IRI; what is not named here is not seen."""

    default: tuple[str, ...] = ()
    """Those whose union is the default graph."""
    named: tuple[str, ...] = ()
    """Those that GRAPH may name."""


class GraphStore:
    """A graph that is open for reading, with the seal that says what it holds."""

    def __init__(self, store: ox.Store, seal: Seal, names: NameTable) -> None:
        self.store = store
        self.seal = seal
        self._names = names

    def query(self, sparql: str, *, union: bool = True, dataset: Dataset | None = None, base: str | None = None) -> Any:
        """Run SPARQL over the union of all graphs, or over `dataset`; our prefixes need no declaration.

        A query with FROM clauses of its own needs `union=False`: the engine does not heed them beside the union.
        Relative IRIs of the query are relative to `base`.

        Returns what pyoxigraph returns: solutions, a boolean, or triples. Text from elsewhere goes through
        `papergraph.ask.query.ask`, which refuses what would kill this process or ask the network.

        Raises:
            QueryError: for a query that cannot be parsed or run; names line and column where the parser knows them.
        """
        try:
            graphs = _graphs(dataset) if dataset else {"use_default_graph_as_union": union}
            return self.store.query(sparql, base_iri=base, prefixes=prefixes(self.seal.base), **graphs)
        except SyntaxError as error:
            raise QueryError(f"invalid SPARQL: {error.msg}") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def with_triples(self, ntriples: str) -> GraphStore:
        """Return other triples, in memory, to be asked in the same way; they have no names to look up."""
        store = ox.Store()
        store.load(ntriples.encode(), format=ox.RdfFormat.N_TRIPLES)
        return GraphStore(store, self.seal, NameTable())

    def has_proposals(self) -> bool:
        """Tell whether a language model is behind any of its claims; raises StoreError as `quads`."""
        found = self.store.quads_for_pattern(None, ox.NamedNode(PG + "tier"), ox.Literal("model"), None)
        return next(_damage_reported(found), None) is not None

    def without_model(self) -> GraphStore:
        """Return the graph, in memory, without what only a language model says; itself where a model says nothing.

        It is made anew from what is left, so that any query sees it, and sees nothing else.

        Raises:
            StoreError: if the store is damaged.
        """
        if not self.has_proposals():
            return self
        from papergraph.store.ruled import leave_out_model

        graph = leave_out_model(self.read_graph())
        return memory_store(graph, self.seal.run, base=self.seal.base, threshold=graph.threshold)

    def select(self, sparql: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a SELECT query as strings; a variable without a value is left out.

        Raises:
            QueryError: as `query`.
        """
        solutions = self.query(sparql)
        variables = [v.value for v in solutions.variables]
        try:  # solutions are computed as they are read
            for solution in solutions:
                yield {name: term.value for name in variables if (term := solution[name]) is not None}
        except (OSError, RuntimeError) as error:
            raise QueryError(f"the query failed: {error}") from error

    @property
    def base(self) -> str:
        """Where the IRIs of the graph begin."""
        return self.seal.base

    def knows(self, iri: str) -> bool:
        """Tell whether the graph says anything about an IRI."""
        return next(self.quads(iri), None) is not None

    def quads(
        self,
        subject: str = "",
        predicate: str = "",
        obj: str = "",
        *,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads with these IRIs in their places, an empty one for any, in one graph or in all of them.

        Raises:
            StoreError: while they are read, if the store is damaged where nothing looked before.
        """
        s, p, o = (ox.NamedNode(iri) if iri else None for iri in (subject, predicate, obj))
        return _damage_reported(self.store.quads_for_pattern(s, p, o, graph))

    def read_graph(self) -> Graph:
        """Return the whole graph as values."""
        return from_quads(self.quads())

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with `name` as label, alias, identifier or IRI, however it is spelt, likeliest first.

        An IRI may be short, `method:h2o`, as tables print it.

        Raises:
            UnknownNameError: if there is none; it carries the nearest names.
        """
        prefix, _, local = name.partition(":")
        iri = prefixes(self.seal.base).get(prefix, "") + local
        return self._names.find(iri if self._names.holds(iri) else name)

    def containing(self, text: str, most: int) -> list[Candidate]:
        """Return up to `most` entities with `text` somewhere in a name, those named most often first."""
        return self._names.containing(text, most)

    def entities(self, start: str) -> list[Candidate]:
        """Return the entities whose IRIs begin so, in the order of their IRIs."""
        return self._names.beginning(start)

    def named(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with `name` as label, alias or identifier, likeliest first; none where there is none."""
        return self._names.named(name)

    def suggest(self, name: str) -> tuple[str, ...]:
        """Return up to five labels that are spelt like `name`."""
        return self._names.suggest(name)

    @cached_property
    def digest(self) -> str:
        """Of all quads, as the seal has it."""
        return digest_of(map(nquads_line, self.quads()))


def _damage_reported(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads; raises StoreError if the database fails."""
    try:
        yield from quads
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the graph is damaged ({error}); for details run: papergraph check") from error


def _graphs(dataset: Dataset) -> dict[str, Any]:
    named = {"default_graph": dataset.default, "named_graphs": dataset.named}
    return {key: [ox.NamedNode(iri) for iri in iris] for key, iris in named.items()}


def memory_store(graph: Graph, run: Run, *, base: str = BASE, threshold: float = 0.5) -> GraphStore:
    """Return a store that lives in memory only."""
    lines, names = canonical_lines(to_quads(graph, threshold=threshold)), write_names(graph.entities)
    store = ox.Store()
    store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return GraphStore(store, make_seal(graph, len(lines), digest_of(lines), names, run, base), NameTable(names))
