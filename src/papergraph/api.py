"""papergraph for Python programs and notebooks."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.ask.query import Answer, ask, choose_query, fill_parameters, read_queries
from papergraph.ask.worker import OWN_LIMITS, ask_for_answer
from papergraph.config import Config, find_config, read_config
from papergraph.errors import NoteError, StoreError
from papergraph.insight.lineage import Direction, Lineage, lineage_predicates, trace_lineage
from papergraph.insight.show import Profile, read_profile
from papergraph.model import Graph, Predicate, Problem
from papergraph.report import answer_table, profile_table, render_lineage, render_profile
from papergraph.store import GraphStore, open_store
from papergraph.system.files import write_whole

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyvis.network import Network

    from papergraph.ask.remote import Endpoint, Published, RemoteGraph
    from papergraph.page import Page


@dataclass(frozen=True, slots=True)
class LineageAnswer:
    """A lineage that shows itself as a tree, and as Markdown in a notebook."""

    lineage: Lineage

    def __str__(self) -> str:
        """Return the tree."""
        return render_lineage(self.lineage)

    def _repr_markdown_(self) -> str:
        return render_lineage(self.lineage, "markdown")


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """A profile that shows itself as text, and as tables in a notebook."""

    profile: Profile

    def __str__(self) -> str:
        """Return the profile as `papergraph show` prints it."""
        return render_profile(self.profile)

    def _repr_html_(self) -> str:
        return profile_table(self.profile)


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """An answer to SPARQL that shows itself as a table."""

    answer: Answer

    def __str__(self) -> str:
        """Return the table."""
        return str(self.answer)

    def _repr_html_(self) -> str:
        return answer_table(self.answer)


class KnowledgeGraph:
    """A graph that is open for questions.

    >>> import papergraph as pg
    >>> graph = pg.build("data/notes")
    >>> "Keyformer" in str(graph.lineage("H2O"))
    True
    """

    def __init__(
        self, store: GraphStore | RemoteGraph, problems: tuple[Problem, ...] = (), folder: Path | None = None
    ) -> None:
        self.store = store
        self.problems = problems
        self.folder = folder
        """Where the store lies; None for a graph in memory or on a server."""

    def query(
        self, sparql: str, *, timeout: float | None = None, memory: int | None = None, **names: str
    ) -> QueryAnswer:
        """Answer SPARQL, or a ready-made query by its name, whose parameters are the keywords (names of entities).

        With a `timeout` in seconds or a limit of `memory` in MB, the query runs in a process of its own, which is
        stopped when it is over; without, in this one. No query can harm it, but one may keep it busy.

        Raises:
            QueryError: for SPARQL that is wrong.
            LimitError: for a query that is over a limit.
            StoreError: for limits on a graph in memory, which no other process can open.
            UnknownNameError: for a query, parameter or entity that does not exist.
        """
        if re.fullmatch(r"[\w-]+", sparql):
            sparql = fill_parameters(self.store, choose_query(sparql, read_queries()), names)
        limited = timeout is not None or memory is not None
        if limited and self.folder is None:
            raise StoreError(
                "limits need a graph in a folder: build it with pg.build(..., store=FOLDER); for a server, say "
                "Endpoint(..., seconds=SECONDS)"
            )
        if limited and self.folder:
            limits = replace(OWN_LIMITS, seconds=timeout or math.inf, megabytes=memory or OWN_LIMITS.megabytes)
            return QueryAnswer(ask_for_answer(self.folder, sparql, self.store.base, limits))
        return QueryAnswer(ask(self.store, sparql) if isinstance(self.store, GraphStore) else self.store.ask(sparql))

    def lineage(
        self,
        name: str,
        *,
        direction: Direction = "downstream",
        depth: int | None = None,
        uses: bool = False,
        relations: tuple[Predicate, ...] = (),
        min_confidence: float | None = None,
    ) -> LineageAnswer:
        """Return what builds on `name` (downstream) or what it builds on (upstream); raises UnknownNameError."""
        return LineageAnswer(
            trace_lineage(
                self.store,
                self.store.find(name)[0].iri,
                direction=direction,
                depth=depth,
                predicates=relations or lineage_predicates(with_uses=uses),
                min_confidence=min_confidence,
            )
        )

    def show(self, name: str) -> ProfileAnswer:
        """Return everything about the entity `name`; raises UnknownNameError."""
        return ProfileAnswer(read_profile(self.store, self.store.find(name)[0].iri))

    def to_graph(self) -> Graph:
        """Return the graph as frozen values."""
        return self.store.read_graph()

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the graph for networkx, edges keyed by predicate."""
        from papergraph.export import to_networkx

        return to_networkx(self.store.read_graph())

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graph for rdflib."""
        from papergraph.export import to_rdflib

        return to_rdflib(self._local())

    def view(
        self,
        path: str | Path,
        *,
        focus: str | None = None,
        hops: int = 2,
        lineage: str | None = None,
        note_url: str = "",
    ) -> Path:
        """Write the interactive page to `path` and return it; see `page` for what may be on it."""
        target = Path(path)
        page = self.page(focus=focus, hops=hops, lineage=lineage, note_url=note_url)
        write_whole(target, page.html)
        return target

    def page(self, *, focus: str | None = None, hops: int = 2, lineage: str | None = None, note_url: str = "") -> Page:
        """Return the interactive page, which shows itself in a notebook.

        With `focus` it holds the neighbourhood of that entity, so many `hops` far; with `lineage` what that entity
        builds on and what builds on it. `note_url` is how the page opens a note, as for `papergraph view --note-url`.

        Raises:
            UnknownNameError: for an entity that does not exist.
            ConfigError: for a `note_url` that cannot open notes.
        """
        from papergraph.insight.part import lineage_of, neighbourhood
        from papergraph.page import Opening, make_page
        from papergraph.page.note_links import note_template

        graph, opening = self.store.read_graph(), Opening()
        if lineage:
            iri = self.store.find(lineage)[0].iri
            graph, opening = lineage_of(graph, iri, ("upstream", "downstream")), Opening("lineage", iri)
        if focus:
            iri = self.store.find(focus)[0].iri
            graph, opening = neighbourhood(graph, iri, hops), Opening("focus", iri, hops=min(hops, 3))
        return make_page(graph, opening=opening, note_url=note_template(note_url))

    def to_pyvis(self) -> Network:
        """Return the graph as a pyvis network, placed as on the page, for whoever wants to go on from there."""
        from papergraph.page.layout import lay_out
        from papergraph.page.network import to_pyvis

        graph = self.store.read_graph()
        return to_pyvis(graph, lay_out(graph))

    def _repr_html_(self) -> str:
        return self.page()._repr_html_()

    def publish(self, endpoint: Endpoint, *, take_over: bool = False) -> Published:
        """Put the graph on a SPARQL server.

        Raises:
            EndpointError: if that fails, or another publish is running there and `take_over` is not given.
        """
        from papergraph.ask.remote import publish

        return publish(self._local(), endpoint, take_over=take_over)

    def _local(self) -> GraphStore:
        if not isinstance(self.store, GraphStore):
            raise StoreError("this graph lies on a server: open its store, or ask the server for its triples")
        return self.store

    def __repr__(self) -> str:
        """Return how much the graph holds."""
        if not isinstance(self.store, GraphStore):
            return f"KnowledgeGraph(at {self.store.url})"
        entities = sum(n for _, n in self.store.seal.entities)
        relations = sum(n for _, n in self.store.seal.relations)
        return f"KnowledgeGraph({entities} entities, {relations} relations, {len(self.store.seal.run.inputs)} notes)"


def build(
    *paths: str | Path, store: str | Path | None = None, config: Config | None = None, strict: bool = False
) -> KnowledgeGraph:
    """Build a graph from notes: in memory, or into the folder `store`.

    Notes that cannot be read are listed in `problems` of the result; with `strict` they raise.

    Raises:
        NoteError: with `strict`, if a note cannot be read.
        ConfigError: if settings, vocabulary or patterns are wrong.
        StoreError: if the store cannot be written.
    """
    from papergraph.pipeline.steps import build_in_memory, build_store

    settings = config or read_config(find_config(Path.cwd()))
    chosen: Sequence[Path] = [Path(p) for p in paths] or [Path(p) for p in settings.notes]
    if store is None:
        opened, problems = build_in_memory(chosen, settings)
    else:
        _, problems = build_store(chosen, replace(settings, store=str(store)))
        opened = open_store(Path(store))
    if strict and problems:
        raise NoteError("; ".join(map(str, problems)))
    return KnowledgeGraph(opened, problems, Path(store) if store is not None else None)


def open_graph(store: str | Path = ".papergraph", *, endpoint: str | Endpoint = "") -> KnowledgeGraph:
    """Open a graph that was built before, or one on a SPARQL server.

    Raises:
        StoreError: if there is no store.
        EndpointError: if the server does not answer, or holds no such graph.
    """
    if not endpoint:
        return KnowledgeGraph(open_store(Path(store)), folder=Path(store))
    from papergraph.ask.remote import Endpoint, RemoteGraph

    return KnowledgeGraph(RemoteGraph(Endpoint(endpoint) if isinstance(endpoint, str) else endpoint))
