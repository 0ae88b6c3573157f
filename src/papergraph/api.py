"""papergraph for Python programs and notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.ask.choose import Choice, choose
from papergraph.ask.local import MemoryGraph
from papergraph.ask.named import NamedQuery, fill_parameters, find_query, read_queries
from papergraph.ask.opening import open_source, open_stored
from papergraph.config import Config, find_config, read_config
from papergraph.errors import ConfigError, NoteError
from papergraph.insight.lineage import Direction, lineage_predicates, trace_lineage
from papergraph.insight.show import read_profile
from papergraph.model import EntityType, Graph, Predicate, Problem
from papergraph.report.answers import LineageAnswer, ProfileAnswer, QueryAnswer
from papergraph.system.files import write_whole

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyvis.network import Network

    from papergraph.ask.remote import Endpoint, Published
    from papergraph.ask.source import Source
    from papergraph.page import Page


class KnowledgeGraph:
    """A graph that is open for questions.

    >>> import papergraph as pg
    >>> graph = pg.build("data/notes")
    >>> "Keyformer" in str(graph.lineage("H2O"))
    True
    """

    def __init__(self, source: Source, config: Config | None = None, problems: tuple[Problem, ...] = ()) -> None:
        self.source = source
        """What answers: a graph in memory, in a folder, or on a server."""
        self.config = config or Config()
        """Whose ready-made queries and links into notes it uses."""
        self.problems = problems
        """What could not be read when it was built."""

    def find(self, name: str, *, prefer: EntityType | None = None) -> Choice:
        """Return the entity that `name` means, one of the type `prefer` first, with the reason and the alternatives.

        Raises:
            UnknownNameError: if nothing has this name; it carries suggestions.
        """
        return choose(self.source, name, prefer)

    def queries(self) -> tuple[NamedQuery, ...]:
        """Return the ready-made queries: ours, and those of the settings; raises ConfigError if one cannot be read."""
        return read_queries([Path(p) for p in self.config.queries])

    def query(
        self, sparql: str, *, timeout: float | None = None, memory: int | None = None, **names: str
    ) -> QueryAnswer:
        """Answer SPARQL, or a ready-made query by its name, whose parameters are the keywords (names of entities).

        With a `timeout` in seconds or a limit of `memory` in MB, a query of a graph in a folder runs in a process of
        its own, which is stopped when it is over; without, in this one. No query can harm it, but one may keep it busy.
        Of the two the one that is not given is 60 s or 4,096 MB, as for `papergraph query`; a `timeout` of 0 is none.

        Raises:
            QueryError: for SPARQL that is wrong.
            LimitError: for a query that is over a limit.
            StoreError: for limits that nobody can keep: on a graph in memory, or of a server's memory.
            UnknownNameError: for a query, parameter or entity that does not exist.
        """
        limited = timeout is not None or memory is not None
        limits = self.source.limits(seconds=timeout, megabytes=memory) if limited else None
        text = fill_parameters(self.source, find_query(sparql, self.queries()), names)
        return QueryAnswer(self.source.ask(text, limits=limits))

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
        """Return what builds on `name` (downstream) or what it builds on (upstream).

        `depth` counts steps, None means all; `uses` follows that relation too, `relations` these instead of our choice;
        claims below `min_confidence` (0 to 1) are left out.

        Raises:
            UnknownNameError: if nothing has this name.
        """
        chosen = self.find(name)
        lineage = trace_lineage(
            self.source,
            chosen.iri,
            direction=direction,
            depth=depth,
            predicates=relations or lineage_predicates(with_uses=uses),
            min_confidence=min_confidence,
        )
        return LineageAnswer(lineage, chosen)

    def show(self, name: str) -> ProfileAnswer:
        """Return everything about the entity `name`; raises UnknownNameError."""
        chosen = self.find(name)
        return ProfileAnswer(read_profile(self.source, chosen.iri), chosen)

    def to_graph(self) -> Graph:
        """Return the graph as frozen values."""
        return self.source.read_graph()

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the graph for networkx, edges keyed by predicate."""
        from papergraph.export import to_networkx

        return to_networkx(self.source.read_graph())

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graph for rdflib; raises StoreError for a graph on a server."""
        from papergraph.export import to_rdflib

        return to_rdflib(self.source)

    def to_pyvis(self) -> Network:
        """Return the graph as a pyvis network, placed as on the page, for whoever wants to go on from there."""
        from papergraph.page.layout import lay_out
        from papergraph.page.network import to_pyvis

        graph = self.source.read_graph()
        return to_pyvis(graph, lay_out(graph))

    def page(  # noqa: PLR0913  as many as `papergraph view` has options
        self,
        *,
        focus: str | None = None,
        hops: int = 2,
        lineage: str | None = None,
        direction: Direction | None = None,
        topic: str | None = None,
        types: Iterable[EntityType] = (),
        title: str = "papergraph",
        note_url: str | None = None,
    ) -> Page:
        """Return the interactive page, which shows itself in a notebook: of all, or of a part.

        With `focus` it holds the neighbourhood of that entity, so many `hops` far; with `lineage` what that entity
        builds on and what builds on it, or one `direction` of both; with `topic` what is filed there; with `types` only
        entities of these. Several narrow the graph one after the other. `note_url` is how the page opens a note, as for
        `papergraph view --note-url`; None takes that of the settings.

        Raises:
            UnknownNameError: for an entity that does not exist, or not in what the others leave.
            ConfigError: for a `note_url` that cannot open notes.
            ValueError: for a `direction` without `lineage`.
        """
        from papergraph.insight.part import Part, cut
        from papergraph.page import make_page
        from papergraph.page.note_links import note_template
        from papergraph.page.opening import opening_of

        part = Part(focus, hops, lineage, direction, topic, tuple(types))
        template = note_template(self.config.note_url if note_url is None else note_url)
        found = cut(self.source.read_graph(), part, lambda name, prefer: self.find(name, prefer=prefer).iri)
        return make_page(found.graph, title=title, opening=opening_of(part, found.centre), note_url=template)

    def view(  # noqa: PLR0913  as many as `papergraph view` has options
        self,
        path: str | Path,
        *,
        focus: str | None = None,
        hops: int = 2,
        lineage: str | None = None,
        direction: Direction | None = None,
        topic: str | None = None,
        types: Iterable[EntityType] = (),
        title: str = "papergraph",
        note_url: str | None = None,
    ) -> Path:
        """Write the interactive page to `path` and return it; see `page` for what may be on it, and what it raises."""
        page = self.page(
            focus=focus,
            hops=hops,
            lineage=lineage,
            direction=direction,
            topic=topic,
            types=types,
            title=title,
            note_url=note_url,
        )
        target = Path(path)
        write_whole(target, page.html)
        return target

    def publish(self, endpoint: str | Endpoint, *, take_over: bool = False) -> Published:
        """Put the graph on a SPARQL server.

        Raises:
            StoreError: if the graph lies on a server itself.
            EndpointError: if that fails, or another publish is running there and `take_over` is not given.
        """
        from papergraph.ask.remote import publish

        return publish(self.source, _endpoint(endpoint), take_over=take_over)

    def _repr_html_(self) -> str:
        return self.page()._repr_html_()

    def __repr__(self) -> str:
        """Return how much the graph holds."""
        return f"KnowledgeGraph({self.source!r})"


def build(
    *paths: str | Path,
    store: str | Path | None = None,
    config: Config | None = None,
    strict: bool = False,
    allow_empty: bool = False,
) -> KnowledgeGraph:
    """Build a graph from notes, or those of the settings: in memory, or into the folder `store`.

    The settings are `config`, else those of the nearest `papergraph.toml`. Notes that cannot be read are listed in
    `problems` of the result; with `strict` they raise. A folder may be without notes with `allow_empty` only.

    Raises:
        LossError: if there are no notes, none can be read, or the store would lose all that it has from one of `paths`.
        NoteError: with `strict`, if a note cannot be read.
        ConfigError: if settings, vocabulary or patterns are wrong, or nothing says which notes.
        StoreError: if the store cannot be written.
    """
    from papergraph.pipeline.steps import build_in_memory, build_store

    settings = _settings(config)
    chosen: Sequence[Path] = [Path(p) for p in paths or settings.notes]
    if not chosen:
        raise ConfigError("no notes given: pass folders or files, or set notes = [...] in papergraph.toml")
    source: Source
    if store is None:
        opened, problems = build_in_memory(chosen, settings, allow_empty=allow_empty)
        source = MemoryGraph(opened)
    else:
        _, problems = build_store(chosen, replace(settings, store=str(store)), allow_empty=allow_empty)
        source = open_stored(Path(store))
    if strict and problems:
        raise NoteError("; ".join(map(str, problems)))
    return KnowledgeGraph(source, settings, problems)


def open_graph(
    store: str | Path | None = None, *, endpoint: str | Endpoint | None = None, config: Config | None = None
) -> KnowledgeGraph:
    """Open a graph that was built before: in the folder `store`, else in that of the settings; or one on a server.

    The settings are `config`, else those of the nearest `papergraph.toml`.

    Raises:
        StoreError: if there is no store.
        ConfigError: if the settings are wrong.
        EndpointError: if the server does not answer, or holds no such graph.
    """
    settings = _settings(config)
    if store is not None:
        settings = replace(settings, store=str(store))
    return KnowledgeGraph(open_source(settings, endpoint=_endpoint(endpoint) if endpoint else None), settings)


def _settings(config: Config | None) -> Config:
    return read_config(find_config(Path.cwd())) if config is None else config


def _endpoint(endpoint: str | Endpoint) -> Endpoint:
    from papergraph.ask.remote import Endpoint

    return Endpoint(endpoint) if isinstance(endpoint, str) else endpoint
