"""papergraph for Python programs and notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.ask.choose import Choice, choose
from papergraph.ask.local import MemoryGraph
from papergraph.ask.named import NamedQuery, find_query, read_queries
from papergraph.ask.opening import open_source, open_stored
from papergraph.ask.parameters import fill_parameters
from papergraph.config import Config, find_config, read_config
from papergraph.errors import ConfigError, NoteError
from papergraph.insight.lineage import Direction, lineage_predicates, trace_lineage
from papergraph.insight.show import read_profile
from papergraph.model import EntityType, Graph, Predicate, Problem
from papergraph.report.answers import LineageAnswer, ProfileAnswer, QueryAnswer, Report
from papergraph.system.files import write_whole

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyvis.network import Network

    from papergraph.ask.remote import Endpoint, Published
    from papergraph.ask.source import Source
    from papergraph.insight.compare import Comparison
    from papergraph.insight.conflict import Conflict
    from papergraph.insight.diff import Diff
    from papergraph.insight.gaps import Gaps
    from papergraph.insight.timeline import Timeline
    from papergraph.page import Page


class KnowledgeGraph:
    """A knowledge graph: in memory, in a store, or on a server.

    >>> import papergraph as pg
    >>> graph = pg.build("data/notes")
    >>> "Keyformer" in str(graph.lineage("H2O"))
    True
    """

    def __init__(self, source: Source, config: Config | None = None, problems: tuple[Problem, ...] = ()) -> None:
        self.source = source
        """Where the answers come from: a graph in memory, in a store, or on a server."""
        self.config = config or Config()
        """The settings; queries and links into notes are taken from them."""
        self.problems = problems
        """What the build left out, and why."""

    def find(self, name: str, *, prefer: EntityType | None = None) -> Choice:
        """Return the entity that `name` means, with the reason and the alternatives; the type `prefer` comes first.

        Raises:
            UnknownNameError: if no entity has this name; with suggestions.
        """
        return choose(self.source, name, prefer)

    def queries(self) -> tuple[NamedQuery, ...]:
        """Return the ready-made queries, built-in and from the settings; raises ConfigError if one cannot be read."""
        return read_queries([Path(p) for p in self.config.queries])

    def query(
        self, sparql: str, *, timeout: float | None = None, memory: int | None = None, **names: str
    ) -> QueryAnswer:
        """Run a SPARQL query, or a ready-made query by its name; `names` are its parameters, the names of entities.

        Without limits, the query runs in this process. With a `timeout` in seconds or a `memory` limit in MB, a query
        of a graph in a store runs in a separate process, which is stopped at the limit. If only one of the two is
        given, the other is 60 s or 4,096 MB, as for `papergraph query`; a `timeout` of 0 means no limit.

        Raises:
            QueryError: if the query is invalid or fails.
            LimitError: if the query exceeds a limit.
            StoreError: for limits on a graph in memory, or a memory limit on a server.
            UnknownNameError: if a query, parameter or entity does not exist.
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

        `depth` is the maximum number of steps, None for all. `uses` also follows the relation uses; `relations`
        replaces the default relations. Claims count if the graph asserts them, or reach `min_confidence` (0 to 1).

        Raises:
            UnknownNameError: if no entity has this name.
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

    def compare(self, *names: str) -> Report[Comparison]:
        """Return how works compare: idea, parents, hardware, datasets, and who outperforms whom; with evidence.

        Raises:
            UnknownNameError: if no entity has one of these names.
        """
        from papergraph.insight.compare import compare_works
        from papergraph.report.compare import COMPARISON_COLUMNS, comparison_rows, render_comparison

        chosen = tuple(map(self.find, names))
        found = compare_works(self.source, [choice.iri for choice in chosen])
        return Report(found, COMPARISON_COLUMNS, chosen, comparison_rows, render_comparison, "table")

    def conflicts(self) -> Report[tuple[Conflict, ...]]:
        """Return where the notes contradict each other, with the sentence and place of each side."""
        from papergraph.insight.conflicts import find_conflicts
        from papergraph.report.conflicts import CONFLICT_COLUMNS, conflict_rows, render_conflicts

        found = find_conflicts(self.source.read_graph())
        return Report(found, CONFLICT_COLUMNS, (), conflict_rows, render_conflicts)

    def gaps(self, *, most: int = 10) -> Report[Gaps]:
        """Return what the notes lack and what to read next, with reasons; at most `most` of each kind, 0 for all."""
        from papergraph.insight.gaps import find_gaps
        from papergraph.report.gaps import GAP_COLUMNS, gap_rows, render_gaps

        return Report(find_gaps(self.source, most=most), GAP_COLUMNS, (), gap_rows, render_gaps)

    def timeline(self, name: str, *, prefer: EntityType | None = None) -> Report[Timeline]:
        """Return how `name` developed: works on a topic, of a method's family or of an institution by year.

        Raises:
            UnknownNameError: if no entity has this name.
        """
        from papergraph.insight.timeline import read_timeline
        from papergraph.report.timeline import TIMELINE_COLUMNS, render_timeline, timeline_rows

        chosen = self.find(name, prefer=prefer)
        found = read_timeline(self.source, chosen.iri)
        return Report(found, TIMELINE_COLUMNS, (chosen,), timeline_rows, render_timeline)

    def diff(self, before: KnowledgeGraph) -> Report[Diff]:
        """Return what this graph learned, lost and changed since `before`, a graph of older notes.

        `build(..., revision="HEAD~30")` gives the graph of the notes at a git revision.
        """
        from papergraph.insight.diff import diff_graphs
        from papergraph.report.diff import DIFF_COLUMNS, diff_rows, render_diff

        found = diff_graphs(before.to_graph(), self.to_graph())
        return Report(found, DIFF_COLUMNS, (), diff_rows, render_diff)

    def to_graph(self) -> Graph:
        """Return the graph as a frozen value."""
        return self.source.read_graph()

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the graph as a networkx multigraph, with edges keyed by predicate."""
        from papergraph.export import to_networkx

        return to_networkx(self.source.read_graph())

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graph as an rdflib dataset; raises StoreError for a graph on a server."""
        from papergraph.export import to_rdflib

        return to_rdflib(self.source)

    def to_pyvis(self) -> Network:
        """Return the graph as a pyvis network with the layout of the page, for further use."""
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
        """Return the interactive page of the graph or of a part; a notebook displays it.

        `focus` selects the neighbourhood of an entity up to `hops` steps; `lineage` what an entity builds on and what
        builds on it, or only one `direction`; `topic` the works on a topic; `types` the entities of these types.
        Combined, each narrows the selection further. `note_url` is where links to notes lead, as in
        `papergraph view --note-url`; None takes it from the settings.

        Raises:
            UnknownNameError: if an entity does not exist, or not in the selection.
            ConfigError: if `note_url` is invalid.
            ValueError: if `direction` is given without `lineage`.
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
        """Write the interactive page to `path` and return the path; see `page` for the parameters and errors."""
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
        """Upload the graph to a SPARQL server.

        Raises:
            StoreError: if the graph is itself on a server.
            EndpointError: if the upload fails, or another publish is running and `take_over` is not set.
        """
        from papergraph.ask.remote import publish

        return publish(self.source, _endpoint(endpoint), take_over=take_over)

    def _repr_html_(self) -> str:
        return self.page()._repr_html_()

    def __repr__(self) -> str:
        """Return a summary of the content."""
        return f"KnowledgeGraph({self.source!r})"


def build(
    *paths: str | Path,
    store: str | Path | None = None,
    config: Config | None = None,
    strict: bool = False,
    allow_empty: bool = False,
    revision: str = "",
) -> KnowledgeGraph:
    """Build a graph from notes: in memory, or in the folder `store`.

    `paths` are folders or files; without any, the notes of the settings are read. The settings are `config`, or those
    of the nearest `papergraph.toml`. What the build left out is listed in `problems`; with `strict` it is an error.
    With `allow_empty`, folders may contain no notes. With a `revision`, such as `HEAD~30`, the notes are read as they
    were there, from the objects of their git repository, into memory.

    Raises:
        LossError: if no notes can be read, or the store would lose all notes from one of `paths`.
        NoteError: with `strict`, if there are problems; if there is no such revision.
        ConfigError: if settings, a vocabulary or patterns are invalid, no notes are given, or a revision and a store.
        StoreError: if the store cannot be written.
    """
    from papergraph.pipeline.steps import build_in_memory, build_store

    settings = _settings(config)
    chosen: Sequence[Path] = [Path(p) for p in paths or settings.notes]
    if not chosen:
        raise ConfigError("no notes given: pass folders or files, or set notes = [...] in papergraph.toml")
    if revision:
        return _build_revision(chosen, revision, store, settings, strict=strict, allow_empty=allow_empty)
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


def _build_revision(
    paths: Sequence[Path],
    revision: str,
    store: str | Path | None,
    config: Config,
    *,
    strict: bool,
    allow_empty: bool,
) -> KnowledgeGraph:
    from papergraph.pipeline.revisions import notes_at

    if store is not None:
        raise ConfigError("a revision is built in memory: pass either revision= or store=")
    with notes_at(paths, revision) as copied:
        return build(*copied, config=config, strict=strict, allow_empty=allow_empty)


def open_graph(
    store: str | Path | None = None, *, endpoint: str | Endpoint | None = None, config: Config | None = None
) -> KnowledgeGraph:
    """Open an existing graph: in the folder `store` or that of the settings, or on a server.

    The settings are `config`, or those of the nearest `papergraph.toml`.

    Raises:
        StoreError: if there is no graph, or it is damaged.
        ConfigError: if the settings are invalid.
        EndpointError: if the server does not answer, or has no papergraph graph.
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
