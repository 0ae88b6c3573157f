"""A graph that a SPARQL server holds, open for the same questions as the store on this machine.

Servers differ in what they do with long answers and property paths, so everything here is asked in plain patterns,
in batches, and long lists page by page, each page beginning behind the last name of the one before.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from papergraph.ask.answer import Answer, render_answer
from papergraph.ask.guard import check_query, undeclared_prefixes
from papergraph.ask.limits import MOST_ROWS, Limits, own_limits
from papergraph.ask.memory import MemoryGraph
from papergraph.ask.named import NamedQuery
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.remote.endpoint import Endpoint
from papergraph.ask.remote.response import read_reply
from papergraph.ask.statements import batches, read_labels
from papergraph.errors import EndpointError, StoreError, UnknownNameError
from papergraph.model import ENTITY_TYPES, Entity, Graph, Place, Run
from papergraph.ontology.kinds import narrowest
from papergraph.ontology.terms import BASE, DCTERMS, PG, RDF, RDFS, SKOS, class_iri, prefixes
from papergraph.rdf import from_quads, place_value
from papergraph.store import memory_store
from papergraph.store.names import Candidate, NameTable, likeness, write_names
from papergraph.store.ruled import leave_out_model
from papergraph.text.terminal import printable, shorten

#: What `publish` calls the graph that it fills, below the base of its IRIs.
PUBLISHED = "graph"
_SOLUTIONS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
#: Rows that one page asks for; some servers cut answers at 10,000 without a word.
_PAGE = 2_000
#: Subjects whose triples one query asks for.
_BATCH = 60
#: The first word behind comments and declarations.
_FORM = re.compile(r"(?:\s|#[^\r\n]*|PREFIX\s*[^\s<]*\s*<[^>]*>|BASE\s*<[^>]*>)*(\w+)", re.IGNORECASE)
#: Seconds that stand for no limit of time.
_LONGEST = 1_000_000.0
#: The place of a mention whose note is known and whose line is not.
_SOMEWHERE = place_value(Place("", 0, 0, 0, ""))
_NAMES = (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", DCTERMS + "identifier")


class RemoteGraph:
    """A graph on a server."""

    folder = None

    def __init__(self, endpoint: Endpoint, base: str = BASE) -> None:
        """Look for the graph at the endpoint: where `publish` puts it, else in what the server shows unasked.

        Raises:
            EndpointError: if the server does not answer, or holds no such graph.
        """
        self.base = base
        self._table: NameTable | None = None
        published = endpoint.within(base + PUBLISHED)
        candidates = (endpoint,) if endpoint.graph else (published, endpoint)
        for self._endpoint in candidates:
            if self._ask(f"ASK {{ ?note a <{PG}Note> }}").truth:
                return
        raise EndpointError(f"{endpoint.url}: contains no papergraph graph; upload one with papergraph publish")

    def __repr__(self) -> str:
        return f"at {self._endpoint.url}"

    def limits(self, *, seconds: float | None = None, megabytes: int | None = None, rows: int | None = None) -> Limits:
        """Return limits of time and rows; raises StoreError for memory, which is the server's."""
        if megabytes:
            raise StoreError(
                f"{self._endpoint.url}: the memory limit of a query is set by the server, not by papergraph"
            )
        return own_limits(seconds=self._endpoint.seconds if seconds is None else seconds, rows=rows)

    def ask(self, sparql: str, *, limits: Limits | None = None) -> Answer:
        """Return the answer to SPARQL; our prefixes need no declaration.

        Raises:
            QueryError: for SPARQL that is too large, too deep, or asks the network.
            EndpointError: if the server refuses the query or does not answer.
            LimitError: for an answer of more rows than `limits` let pass.
        """
        check_query(sparql)
        return self._ask(sparql, limits or self.limits())

    def answer(self, query: NamedQuery, given: Mapping[str, str], form: str, *, limits: Limits, width: int = 0) -> str:
        """Return the answer to a query with parameters as text."""
        return render_answer(self.ask(fill_parameters(self, query, given), limits=limits), form, width=width)

    def _ask(self, sparql: str, limits: Limits | None = None) -> Answer:
        """Return the answer to a query that may be one of our own, which are long and need no check."""
        known = prefixes(self.base)
        used = dict.fromkeys(p for p, _ in undeclared_prefixes(sparql, frozenset()) if p in known)
        # On one line, so that the server counts the lines of its complaints as the user does.
        declared = " ".join(f"PREFIX {p}: <{known[p]}>" for p in used)
        form = _FORM.match(sparql)
        wanted = _TRIPLES if form and form[1].upper() in {"CONSTRUCT", "DESCRIBE"} else _SOLUTIONS
        allowed = limits or self.limits()
        endpoint = replace(self._endpoint, seconds=min(allowed.seconds, _LONGEST))
        data, kind = endpoint.query(f"{declared} {sparql}", wanted)
        try:
            return read_reply(data, kind, self.base, most_rows=allowed.rows or MOST_ROWS)
        except EndpointError as error:
            raise EndpointError(f"{self._endpoint.url}: {error}") from error

    def select(self, sparql: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a SELECT query of ours as strings.

        Raises:
            EndpointError: if the server refuses the query or does not answer.
        """
        answer = self._ask(sparql)
        for row in answer.rows:
            yield _Row({v: str(t.value) for v, t in zip(answer.variables, row, strict=True) if t is not None})

    def knows(self, iri: str) -> bool:
        """Tell whether the graph says anything about an IRI."""
        return self._ask(f"ASK {{ {ox.NamedNode(iri)} ?p ?o }}").truth

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with `name` as label, alias, identifier or IRI, likeliest first.

        A name as it is written in the graph is looked up there; for any other spelling all names are fetched, once.

        Raises:
            UnknownNameError: if there is none; it carries the nearest names.
        """
        prefix, _, local = name.partition(":")
        iri = prefixes(self.base).get(prefix, "") + local if prefix in prefixes(self.base) else name
        with contextlib.suppress(ValueError):  # the name is no IRI
            if iri.startswith(self.base) and (known := self._candidates([iri])):
                return known
        forms = " ".join(
            f"{ox.Literal(form)} {ox.Literal(form, language='en')} {ox.Literal(form, language='zh')}"
            for form in dict.fromkeys((name, name.upper(), name.lower(), name.capitalize()))
        )
        found = [
            row["x"]
            for row in self.select(
                f"SELECT DISTINCT ?x {{ VALUES ?form {{ {forms} }} VALUES ?p {{ {_terms(_NAMES)} }} "
                "?x ?p ?form . ?x a pg:Entity }"
            )
        ]
        if not found:
            found = [c.iri for c in self._names().find(name)]
        with self._sound():
            candidates = self._candidates(found)
        if not candidates:
            raise UnknownNameError("entity", name, self.suggest(name))
        return tuple(sorted(candidates, key=lambda c: likeness(c, name)))

    def named(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities with `name` as label, alias or identifier, likeliest first; none where there is none."""
        return self._names().named(name)

    def suggest(self, name: str) -> tuple[str, ...]:
        """Return up to five labels that are spelt like `name`."""
        return self._names().suggest(name)

    def without_model(self) -> MemoryGraph:
        """Return the graph without what only a language model says: all of it is fetched, and asked on this machine."""
        graph = leave_out_model(self.read_graph())
        run = Run("", "", tuple(sorted((note.path, note.sha256) for note in graph.notes)))
        return MemoryGraph(memory_store(graph, run, base=self.base, threshold=graph.threshold))

    @property
    def digest(self) -> str:
        """Raise StoreError as `quads`."""
        raise _is_elsewhere()

    def quads(self) -> Iterator[ox.Quad]:
        """Raise StoreError: what is on a server does not say which triples come from which note."""
        raise _is_elsewhere()

    def read_graph(self) -> Graph:
        """Return the whole graph as values.

        A published graph does not say in which of several notes a mention stands: there the lines are 0.
        """
        with self._sound():
            quads = [*self._described("Statement"), *self._described("Evidence"), *self._notes(), *self._entities()]
            return from_quads(quads)

    @contextlib.contextmanager
    def _sound(self) -> Iterator[None]:
        """Say of a graph that cannot be read that it was not made by `publish`, or not left as it was."""
        try:
            yield
        except (KeyError, IndexError, ValueError, TypeError, AttributeError) as error:
            said = shorten(printable(f"{type(error).__name__}: {error}"), 200)
            raise EndpointError(
                f"{self._endpoint.url}: the graph was not published by papergraph, or was changed since ({said}); "
                "publish it again"
            ) from error

    def _candidates(self, iris: Iterable[str]) -> tuple[Candidate, ...]:
        unique = list(dict.fromkeys(iris))
        kinds: dict[str, set[str]] = {iri: set() for iri in unique}
        for row in self.select(f"SELECT ?x ?t {{ VALUES ?x {{ {_terms(unique)} }} ?x a ?t }}"):
            kinds[row["x"]].add(row["t"])
        counts = {
            row["x"]: int(row["n"])
            for row in self.select(
                f"SELECT ?x (COUNT(?m) AS ?n) {{ VALUES ?x {{ {_terms(unique)} }} ?x pg:mentionedAt ?m }} GROUP BY ?x"
            )
        }
        labels = read_labels(self, unique)
        known = ((iri, narrowest([t for t in ENTITY_TYPES if class_iri(t) in kinds[iri]])) for iri in unique)
        return tuple(Candidate(iri, kind, labels.get(iri, iri), counts.get(iri, 0)) for iri, kind in known if kind)

    def _names(self) -> NameTable:
        if self._table is None:
            names: dict[str, tuple[list[str], list[str]]] = {iri: ([], []) for iri in self._subjects("Entity")}
            for batch in batches(names):
                for row in self.select(
                    f"SELECT ?x ?p ?form {{ VALUES ?x {{ {batch} }} VALUES ?p {{ {_terms(_NAMES)} }} ?x ?p ?form }}"
                ):
                    names[row["x"]][row["p"] == DCTERMS + "identifier"].append(row["form"])
            labels = read_labels(self, names)
            entities = (
                Entity(iri, "Method", labels.get(iri, iri), tuple(dict.fromkeys(aliases)), tuple(identifiers), (), ())
                for iri, (aliases, identifiers) in names.items()
            )
            self._table = NameTable(write_names(entities))
        return self._table

    def _subjects(self, kind: str) -> Iterator[str]:
        """Yield the IRIs of a class, in their order, page by page."""
        last = ""
        while True:
            behind = f"FILTER(STR(?x) > {ox.Literal(last)})" if last else ""
            page = [
                row["x"]
                for row in self.select(f"SELECT DISTINCT ?x {{ ?x a pg:{kind} {behind} }} ORDER BY ?x LIMIT {_PAGE}")
            ]
            yield from page
            if len(page) < _PAGE:
                return
            if last in page:
                raise EndpointError(f"{self._endpoint.url}: the server keeps returning the same rows")
            last = page[-1]

    def _triples(self, iris: Iterable[str], predicates: str = "") -> Iterator[tuple[str, str, Any]]:
        for batch in batches(iris, _BATCH):
            answer = self._ask(f"SELECT DISTINCT ?x ?p ?o {{ VALUES ?x {{ {batch} }} {predicates} ?x ?p ?o }}")
            for subject, predicate, obj in answer.rows:
                yield subject.value, predicate.value, obj

    def _described(self, kind: str) -> Iterator[ox.Quad]:
        for subject, predicate, obj in self._triples(self._subjects(kind)):
            yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), obj)

    def _notes(self) -> Iterator[ox.Quad]:
        wanted = (DCTERMS + "identifier", PG + "sha256", PG + "encoding")
        for iri in (notes := list(self._subjects("Note"))):
            yield ox.Quad(ox.NamedNode(iri), ox.NamedNode(RDF + "type"), ox.NamedNode(PG + "Note"))
        for subject, predicate, obj in self._triples(notes, f"VALUES ?p {{ {_terms(wanted)} }}"):
            yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), obj)

    def _entities(self) -> Iterator[ox.Quad]:
        iris = list(self._subjects("Entity"))
        notes: dict[str, list[str]] = {}
        for batch in batches(iris, _BATCH):
            for row in self.select(f"SELECT DISTINCT ?x ?note {{ VALUES ?x {{ {batch} }} ?note pg:mentions ?x }}"):
                notes.setdefault(row["x"], []).append(row["note"])
        for subject, predicate, obj in self._triples(iris):
            within = notes.get(subject, [])
            if predicate == PG + "mentionedAt" and len(within) != 1:
                continue
            graph = ox.NamedNode(within[0]) if predicate == PG + "mentionedAt" else ox.DefaultGraph()
            yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), obj, graph)
        for subject, within in notes.items():
            for note in within if len(within) > 1 else ():
                yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(PG + "mentionedAt"), _SOMEWHERE, ox.NamedNode(note))


def _is_elsewhere() -> StoreError:
    return StoreError("this graph is on a server: open its store, or query the server for the triples")


class _Row(dict[str, str]):
    """The values of a row by their variables."""

    def __missing__(self, variable: str) -> str:
        raise EndpointError(f"the answer of the server lacks ?{variable}")


def _terms(iris: Iterable[str]) -> str:
    return " ".join(str(ox.NamedNode(iri)) for iri in iris)
