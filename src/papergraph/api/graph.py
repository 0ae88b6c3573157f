"""A knowledge graph that is open for questions, as Python programs and notebooks see it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from papergraph.ask.choose import Choice, choose
from papergraph.ask.named import NamedQuery, find_query, read_queries
from papergraph.ask.parameters import fill_parameters
from papergraph.config import Config
from papergraph.correction import Correction, Decision
from papergraph.errors import ConfigError, UnknownNameError
from papergraph.insight.ask import read_question
from papergraph.insight.between import find_ways
from papergraph.insight.lineage import Direction, lineage_predicates, trace_lineage
from papergraph.insight.show import read_profile
from papergraph.model import EntityType, Graph, Predicate, Problem
from papergraph.report.answers import AskedAnswer, BetweenAnswer, LineageAnswer, ProfileAnswer, QueryAnswer, Report
from papergraph.system.files import write_whole

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyvis.network import Network

    from papergraph.ask.remote import Endpoint, Published
    from papergraph.ask.source import Source
    from papergraph.export import Table
    from papergraph.export.vault import Flavour, VaultChanges
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

    def ask(self, question: str, *, prefer: str = "") -> AskedAnswer:
        """Answer a question in words, in English or Chinese; `prefer` names the ready-made query that is meant.

        Raises:
            QuestionError: if the question is like none that can be answered, or may mean several queries.
            UnknownNameError: if it names something that the graph does not have, or `prefer` is no query.
            ConfigError: if a query of yours cannot be read.
        """
        asked = read_question(self.source, question, self.queries(), prefer=prefer).certain()
        return AskedAnswer(self.source.ask(asked.sparql), asked)

    def without_model(self) -> KnowledgeGraph:
        """Return the graph without the claims that only a language model makes, to be asked in the same ways.

        The other claims are as sure as the rules make them. Names stay, whoever found them.
        """
        return KnowledgeGraph(self.source.without_model(), self.config, self.problems)

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
            UnknownNameError: if no entity has this name, or there is no such direction.
        """
        if direction not in get_args(Direction):
            raise UnknownNameError("direction", direction, get_args(Direction), closed=True)
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

    def between(self, one: str, other: str, *, min_confidence: float | None = None) -> BetweenAnswer:
        """Return the best ways between two entities along claims, whatever their direction.

        Raises:
            UnknownNameError: if no entity has one of the names.
        """
        ends = self.find(one).iri, self.find(other).iri
        return BetweenAnswer(find_ways(self.source, *ends, min_confidence=min_confidence))

    def show(self, name: str) -> ProfileAnswer:
        """Return everything about the entity `name`; raises UnknownNameError."""
        chosen = self.find(name)
        return ProfileAnswer(read_profile(self.source, chosen.iri), chosen)

    def correct(  # noqa: PLR0913  as many as a line of corrections has cells
        self,
        decision: Decision,
        subject: str,
        predicate: str = "",
        object: str = "",  # noqa: A002  the word of the ontology
        *,
        to: str = "",
        note: str = "",
        sentence: str = "",
        comment: str = "",
    ) -> Correction:
        """Write a decision to corrections.tsv, which every build honours; this graph stays as it is.

        `decision` is `reject`, `accept`, `change` or `add` for the claim `subject predicate object`; `not-entity`,
        `type` or `label` for the entity `subject`; `same` or `different` for `subject` and `object`. `to` is the new
        predicate (or `reverse`, or both), type or label. `note` and `sentence` narrow what is meant; `add` needs both.

        Raises:
            UnknownNameError: if no entity has a name; with suggestions.
            CorrectionError: if there is no such decision, a name is ambiguous, the claim is not in the graph, or the
                file contradicts it.
            ConfigError: if the file cannot be read, or its header is not that of corrections.
            BusyError: if another run is writing the file.
        """
        from papergraph.pipeline.corrections.decide import decide
        from papergraph.pipeline.corrections.write import write_corrections

        cells = {"subject": subject, "predicate": predicate, "object": object, "to": to}
        cells |= {"note": note, "sentence": sentence, "comment": comment}
        made = decide(self.source, decision, cells, self.config)
        return write_corrections(Path(self.config.corrections), [made])[0].row

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
        from papergraph.insight.timeline import PREFERRED, read_timeline
        from papergraph.report.timeline import TIMELINE_COLUMNS, render_timeline, timeline_rows

        chosen = self.find(name, prefer=prefer or PREFERRED)
        found = read_timeline(self.source, chosen.iri)
        return Report(found, TIMELINE_COLUMNS, (chosen,), timeline_rows, render_timeline)

    def diff(self, before: KnowledgeGraph) -> Report[Diff]:
        """Return what this graph learned, lost and changed since `before`, a graph of older notes.

        `build(..., revision="HEAD~30")` gives the graph of the notes at a git revision.

        Raises:
            ConfigError: if `before` is no graph.
        """
        if not isinstance(before, KnowledgeGraph):
            raise ConfigError(
                f"diff compares with a graph, not {before!r}; for a revision: pg.build(..., revision=...)"
            )
        from papergraph.insight.diff import diff_graphs
        from papergraph.report.diff import DIFF_COLUMNS, diff_rows, render_diff

        found = diff_graphs(before.to_graph(), self.to_graph())
        return Report(found, DIFF_COLUMNS, (), diff_rows, render_diff)

    def entities(self) -> Table:
        """Return all entities as a table: IRI, type, names, title, year, venue, and where each is first named."""
        return self._table("entities")

    def relations(self) -> Table:
        """Return all claims as a table, denied ones too: both ends with labels and types, confidence, and polarity."""
        return self._table("relations")

    def evidence(self) -> Table:
        """Return every sentence behind a claim as a table; `relation` is the IRI of the claim in `relations`."""
        return self._table("evidence")

    def mentions(self) -> Table:
        """Return every place where an entity is named as a table."""
        return self._table("mentions")

    def _table(self, name: str) -> Table:
        from papergraph.export import make_table

        return make_table(self.source.read_graph(), name)

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
        opening = opening_of(part, found.centre)
        return make_page(found.graph, title=title, opening=opening, note_url=template, source=self.source)

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

    def write_vault(
        self, path: str | Path, *, flavour: Flavour = "obsidian", types: Iterable[EntityType] = ()
    ) -> VaultChanges:
        """Write each entity as a page of a vault into the folder `path`, and return what changed there.

        `flavour` is `obsidian` or `logseq`; `types` selects the entities of these types. What the user of the vault
        added to a page stays; see `docs/vault.md`.

        Raises:
            StoreError: if the folder cannot be made.
        """
        from papergraph.export.vault import write_vault

        return write_vault(self.source.read_graph(), Path(path), flavour=flavour, types=types)

    def publish(self, endpoint: str | Endpoint, *, take_over: bool = False) -> Published:
        """Upload the graph to a SPARQL server.

        Raises:
            StoreError: if the graph is itself on a server.
            EndpointError: if the upload fails, or another publish is running and `take_over` is not set.
        """
        from papergraph.ask.remote import publish

        return publish(self.source, to_endpoint(endpoint), take_over=take_over)

    def _repr_html_(self) -> str:
        return self.page()._repr_html_()

    def __repr__(self) -> str:
        """Return a summary of the content."""
        return f"KnowledgeGraph({self.source!r})"


def to_endpoint(endpoint: str | Endpoint) -> Endpoint:
    """Return an endpoint, given as an address or as one."""
    from papergraph.ask.remote import Endpoint

    return Endpoint(endpoint) if isinstance(endpoint, str) else endpoint
