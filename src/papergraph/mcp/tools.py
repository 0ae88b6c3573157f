"""The nine tools; their docstrings are what assistants read of them."""

from __future__ import annotations

import json
from collections.abc import Callable

from mcp_types import CallToolResult

from papergraph.ask.answer import Answer
from papergraph.ask.choose import Choice, by_preference, choose
from papergraph.ask.named import choose_query
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.worker import Task, answer_of
from papergraph.errors import LimitError, QueryError, QuestionError, UnknownNameError
from papergraph.insight.ask import Asked, read_question
from papergraph.insight.between import find_ways
from papergraph.insight.compare import compare_works
from papergraph.insight.gaps import find_gaps
from papergraph.insight.lineage import trace_lineage
from papergraph.insight.show import read_profile
from papergraph.insight.timeline import PREFERRED, read_timeline
from papergraph.mcp.answers.compare import comparison_items
from papergraph.mcp.answers.conflicts import conflict_items, read_contradictions
from papergraph.mcp.answers.find import entity_items
from papergraph.mcp.answers.gaps import gap_items
from papergraph.mcp.answers.lineage import between_items, lineage_items
from papergraph.mcp.answers.rows import row_items
from papergraph.mcp.answers.sentences import with_sentences
from papergraph.mcp.answers.show import profile_items
from papergraph.mcp.answers.timeline import timeline_items
from papergraph.mcp.found import Found, Item, Thing, short_id, thing_of
from papergraph.mcp.paging import cut
from papergraph.mcp.result import NOTHING, NOTHING_OF_IT, result_of
from papergraph.mcp.schema import (
    ITEMS,
    Cursor,
    Depth,
    Direction,
    Gap,
    Given,
    Kind,
    Limit,
    Name,
    Names,
    Optional,
    Question,
    Sparql,
)
from papergraph.report.ask import NOTHING as SILENT
from papergraph.serve.service import Service
from papergraph.store import GraphStore

#: Entities that a search lists, and gaps of each kind.
_MOST_FOUND, _MOST_GAPS = 200, 100


class Tools:
    """The questions that an assistant may ask of a served graph."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def find(self, name: Name, kind: Kind = "", limit: Limit = ITEMS, cursor: Cursor = "") -> CallToolResult:
        """Find entities by name or a part of one, in English or Chinese, exact names first; `kind` keeps one type.

        Call it first when unsure how a thing is named. Returns ids for the other tools, with a sentence for each.
        """

        def found(store: GraphStore) -> Found:
            parts = store.containing(name, _MOST_FOUND)
            candidates = dict.fromkeys([*by_preference(store.named(name), name), *parts])
            kept = [c for c in candidates if kind in {"", c.type}]
            near = () if kept else store.suggest(name)
            message = f"of the names with a part like this the first {_MOST_FOUND}" * (len(parts) == _MOST_FOUND)
            return Found(entity_items(store, kept, store.base), near=near, message=message)

        return self._page(found, ["find", name, kind], cursor, limit)

    def show(self, name: Name, limit: Limit = ITEMS, cursor: Cursor = "") -> CallToolResult:
        """Show everything the notes say about one entity: values, notes, and each relation with its sentence.

        An unknown name gives near names, not an error.
        """

        def found(store: GraphStore) -> Found:
            chosen = choose(store, name)
            return _about(profile_items(read_profile(store, chosen.iri), store.base), [chosen], store)

        return self._page(found, ["show", name], cursor, limit)

    def lineage(
        self,
        name: Name,
        direction: Direction = "downstream",
        to: Optional = "",
        depth: Depth = 0,
        limit: Limit = ITEMS,
        cursor: Cursor = "",
    ) -> CallToolResult:
        """Trace what builds on a method (downstream) or what it builds on (upstream); with `to`, how the two connect.

        Each step or way has the sentence that states it. `depth` limits the steps.
        """

        def found(store: GraphStore) -> Found:
            ends = [choose(store, one) for one in ((name, to) if to else (name,))]
            if to:
                return _about(between_items(find_ways(store, *(c.iri for c in ends)), store.base), ends, store)
            traced = trace_lineage(store, ends[0].iri, direction=direction, depth=depth or None)
            message = "there are further steps beyond this depth" if traced.truncated else ""
            return _about(lineage_items(traced, store.base), ends, store, message)

        return self._page(found, ["lineage", name, direction, to, depth], cursor, limit)

    def compare(self, names: Names, limit: Limit = ITEMS, cursor: Cursor = "") -> CallToolResult:
        """Compare two to six works: idea, year, parents, components, hardware, datasets, who outperforms whom.

        Where the notes are silent on a work, an item says so.
        """

        def found(store: GraphStore) -> Found:
            chosen = [choose(store, name) for name in names]
            compared = compare_works(store, [c.iri for c in chosen])
            return _about(comparison_items(compared, store.base), chosen, store)

        return self._page(found, ["compare", *names], cursor, limit)

    def timeline(self, name: Name, limit: Limit = ITEMS, cursor: Cursor = "") -> CallToolResult:
        """List by year the works on a topic, device or dataset, of an institution or person, or of a method's family.

        Works without a year come last.
        """

        def found(store: GraphStore) -> Found:
            chosen = choose(store, name, PREFERRED)
            return _about(timeline_items(read_timeline(store, chosen.iri), store.base), [chosen], store)

        return self._page(found, ["timeline", name], cursor, limit)

    def gaps(self, kind: Gap = "", limit: Limit = ITEMS, cursor: Cursor = "") -> CallToolResult:
        """List what the notes lack, weightiest first; kind "unread" is what to read next, each with its reason.

        What the notes lack may well exist elsewhere.
        """

        def found(store: GraphStore) -> Found:
            gaps = self._service.remember("gaps for assistants", lambda: find_gaps(store, most=_MOST_GAPS), store)
            return Found(gap_items(gaps, kind, store.base))

        return self._page(found, ["gaps", kind], cursor, limit)

    def conflicts(self, name: Optional = "", limit: Limit = ITEMS, cursor: Cursor = "") -> CallToolResult:
        """List where the notes contradict each other, with the sentences of all sides; `name` keeps one entity.

        It does not decide which side is right.
        """

        def found(store: GraphStore) -> Found:
            chosen = [choose(store, name)] if name else []
            known = self._service.remember("contradictions", lambda: read_contradictions(store.read_graph()), store)
            return _about(conflict_items(known, chosen[0].iri if chosen else "", store.base), chosen, store)

        return self._page(found, ["conflicts", name], cursor, limit)

    def ask(
        self,
        question: Question = "",
        query: Optional = "",
        names: Given | None = None,
        limit: Limit = ITEMS,
        cursor: Cursor = "",
    ) -> CallToolResult:
        """Answer a question in words (English or Chinese), or run a ready-made query with the `names` it takes.

        papergraph://queries lists the queries. A question that fits none gives the nearest; for sentences, `show`.
        """

        def found(store: GraphStore) -> Found:
            queries = self._service.remember("queries", self._service.queries)
            if question:
                return self._asked(store, read_question(store, question, queries, prefer=query))
            if not query:
                return Found(near=tuple(q.name for q in queries), message="give a question, or a query by its name")
            chosen = choose_query(query, queries)
            sparql = fill_parameters(store, chosen, names or {})
            return Found(row_items(self._answer(sparql, store)), message=chosen.question)

        return self._page(found, ["ask", question, query, *sorted((names or {}).items())], cursor, limit)

    def sparql(self, query: Sparql, limit: Limit = ITEMS, cursor: Cursor = "") -> CallToolResult:
        """Run a read-only SPARQL 1.1 query; prefixes (pg:, method:, rdfs: ...) need no declaration.

        Limits of time, memory and rows apply; SERVICE and updates are refused. Read papergraph://ontology first.
        """
        return self._page(lambda store: Found(row_items(self._answer(query, store))), ["sparql", query], cursor, limit)

    def _asked(self, store: GraphStore, asked: Asked) -> Found:
        """Return the answer to a question, and how it was read."""
        about = tuple(Thing(short_id(n.iri, store.base) if n.iri else n.label, n.label, n.type) for n in asked.names)
        said = [f"read as the ready-made query {asked.query.name}" + ", or one of those near" * bool(asked.others)]
        said += ["the spelling of a name was corrected"] * any(n.corrected for n in asked.names)
        said += [f"{surface!r} is not part of it" for surface in asked.left_over]
        items = row_items(self._answer(asked.sparql, store))
        items = with_sentences(store, items, [name.iri for name in asked.names if name.iri])
        return Found(items, about, near=asked.others, message="; ".join(said if items else [*said, SILENT]))

    def _answer(self, sparql: str, store: GraphStore) -> Answer:
        reply = self._service.run(Task(sparql, "json", "ntriples"))
        if reply.status != "ok":
            raise QueryError(reply.message) if reply.status == "wrong" else LimitError(reply.message, reply.status)
        return answer_of(reply, store.base, self._service.settings.limits)

    def _page(
        self, find: Callable[[GraphStore], Found], asked: list[object], cursor: str, limit: int
    ) -> CallToolResult:
        """Return a page of what `find` finds; a name that is not in the notes is an answer, with near names."""
        store = self._service.graph()
        try:
            found = find(store)
        except UnknownNameError as error:
            found = Found(near=error.suggestions, message=_unknown(error))
        except QuestionError as error:
            near = "; near ones are listed" if error.nearest else ""
            found = Found(near=error.nearest, message=f"no ready-made query answers this{near}")
        return result_of(cut(found, json.dumps([*asked, store.seal.digest]), cursor, limit))


def _unknown(error: UnknownNameError) -> str:
    """Return what is said of a name that nothing has: of an entity, that the notes do not name it."""
    return f"{error.name!r} is {NOTHING}" if error.kind == "entity" else f"no {error.kind} named {error.name!r}"


def _about(items: tuple[Item, ...], chosen: list[Choice], store: GraphStore, message: str = "") -> Found:
    about = tuple(thing_of(c.candidate, store.base) for c in chosen)
    others = tuple(thing_of(other, store.base) for c in chosen for other in c.alternatives)
    silent = "" if items else NOTHING_OF_IT if chosen else NOTHING
    return Found(items, about, others, message=message or silent)
