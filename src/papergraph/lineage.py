"""What builds on a method, and what it builds on: a breadth-first walk over statements, with the evidence of each step.

The walk asks one plain query per level instead of a property path, since a path cannot see the confidence of an edge,
and some SPARQL engines fail on long paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from papergraph.model import Evidence, Predicate
from papergraph.terms import LINEAGE, predicate_iri

Direction = Literal["upstream", "downstream"]

#: How many IRIs one query names; engines plan long VALUES lists slowly.
_BATCH = 200
#: Characters of IRIs that one query names; servers for strangers, ours too, take no long queries.
_BATCH_SIZE = 10_000


class Selectable(Protocol):
    """Anything that answers SELECT queries with rows of strings: our store, or a remote endpoint."""

    def select(self, sparql: str) -> Iterable[Mapping[str, str]]:
        """Run a SELECT query; unbound variables are left out of a row."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """A paper that introduces a member of a lineage."""

    iri: str
    title: str
    year: str = ""
    institutions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A method, model or paper that the walk reached."""

    iri: str
    label: str
    depth: int
    """Steps from the start, 0 for the start itself."""
    works: tuple[Work, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One relation that the walk followed, or met and did not follow."""

    subject: str
    predicate: Predicate
    object: str
    confidence: float
    evidence: tuple[Evidence, ...]
    cycle: bool = False
    """The step leads back to something on the way to it: reported, not followed."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The answer to "what builds on X" (downstream) or "what does X build on" (upstream)."""

    start: str
    direction: Direction
    members: tuple[Member, ...]
    """In the order reached; the start comes first."""
    steps: tuple[Step, ...]
    """In the order met; sorted by label within a level."""
    truncated: bool = False
    """There is more beyond the depth that was asked for."""

    def member(self, iri: str) -> Member:
        """Return the member with this IRI; raises KeyError for a stranger."""
        for member in self.members:
            if member.iri == iri:
                return member
        raise KeyError(iri)

    def next_steps(self, iri: str) -> tuple[Step, ...]:
        """Return the steps that lead away from the start, from the member `iri`."""
        return tuple(s for s in self.steps if (s.object if self.direction == "downstream" else s.subject) == iri)

    def far_end(self, step: Step) -> str:
        """Return the end of `step` that lies further from the start."""
        return step.subject if self.direction == "downstream" else step.object


@dataclass(frozen=True, slots=True)
class _Edge:
    statement: str
    subject: str
    predicate: Predicate
    object: str
    confidence: float


def trace_lineage(
    source: Selectable,
    start: str,
    *,
    direction: Direction = "downstream",
    depth: int | None = None,
    predicates: tuple[Predicate, ...] = LINEAGE,
    min_confidence: float = 0.0,
) -> Lineage:
    """Walk from the entity `start`; `depth` counts steps, None means without end; `min_confidence` is 0 to 1.

    Only positive claims count. An edge that closes a cycle is reported with `cycle` set and not followed.

    Raises:
        QueryError: if the store cannot answer.
    """
    reached: dict[str, int] = {start: 0}
    way: dict[str, str] = {}
    kept: list[tuple[_Edge, bool]] = []
    frontier, level, truncated = [start], 0, False
    while frontier:
        edges = list(_edges(source, frontier, direction, predicates, min_confidence))
        if depth is not None and level >= depth:
            truncated = any(_far(e, direction) not in reached for e in edges)
            break
        level += 1
        following: list[str] = []
        for edge in edges:
            near, far = _near(edge, direction), _far(edge, direction)
            cycle = far in _path(near, way)
            kept.append((edge, cycle))
            if far not in reached:
                reached[far], way[far] = level, near
                following.append(far)
        frontier = following
    return _describe(source, start, direction, reached, kept, truncated=truncated)


def _near(edge: _Edge, direction: Direction) -> str:
    return edge.object if direction == "downstream" else edge.subject


def _far(edge: _Edge, direction: Direction) -> str:
    return edge.subject if direction == "downstream" else edge.object


def _path(iri: str, way: Mapping[str, str]) -> set[str]:
    """Return `iri` and everything between it and the start."""
    path = {iri}
    while iri in way:
        iri = way[iri]
        path.add(iri)
    return path


def _edges(
    source: Selectable,
    frontier: list[str],
    direction: Direction,
    predicates: tuple[Predicate, ...],
    min_confidence: float,
) -> list[_Edge]:
    names = {predicate_iri(p): p for p in predicates}
    side = "object" if direction == "downstream" else "subject"
    found: list[tuple[str, _Edge]] = []
    for batch in batches(frontier):
        rows = source.select(f"""
            SELECT DISTINCT ?st ?s ?p ?o ?c ?label {{
              VALUES ?near {{ {batch} }} VALUES ?p {{ {_values(names)} }}
              ?st rdf:{side} ?near ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
                  pg:polarity "positive" ; pg:confidence ?c .
              ?{"s" if side == "object" else "o"} rdfs:label ?label }}""")
        for row in rows:
            edge = _Edge(row["st"], row["s"], names[row["p"]], row["o"], float(row["c"]))
            if edge.confidence >= min_confidence:
                found.append((row["label"].casefold(), edge))
    order = {iri: position for position, iri in enumerate(frontier)}
    found.sort(key=lambda pair: (order[_near(pair[1], direction)], pair[0], pair[1].statement))
    return list(dict.fromkeys(edge for _, edge in found))


def _describe(
    source: Selectable,
    start: str,
    direction: Direction,
    reached: Mapping[str, int],
    kept: list[tuple[_Edge, bool]],
    *,
    truncated: bool,
) -> Lineage:
    labels = read_labels(source, reached)
    works = _works(source, reached)
    evidence = read_evidence(source, [edge.statement for edge, _ in kept])
    members = tuple(Member(iri, labels.get(iri, iri), depth, works.get(iri, ())) for iri, depth in reached.items())
    steps = tuple(
        Step(e.subject, e.predicate, e.object, e.confidence, evidence.get(e.statement, ()), cycle) for e, cycle in kept
    )
    return Lineage(start, direction, members, steps, truncated)


def read_labels(source: Selectable, iris: Iterable[str]) -> dict[str, str]:
    """Return a label for each IRI, English (or language-neutral) before Chinese."""
    labels: dict[str, tuple[int, str]] = {}
    for batch in batches(iris):
        rows = source.select(
            f"SELECT ?x ?label (LANG(?label) AS ?lang) {{ VALUES ?x {{ {batch} }} ?x rdfs:label ?label }}"
        )
        for row in rows:
            candidate = (1 if row.get("lang") == "zh" else 0, row["label"])
            labels[row["x"]] = min(labels.get(row["x"], candidate), candidate)
    return {iri: label for iri, (_, label) in labels.items()}


def read_evidence(source: Selectable, statements: Iterable[str]) -> dict[str, tuple[Evidence, ...]]:
    """Return the evidence of each statement, best first."""
    found: dict[str, list[Evidence]] = {}
    for batch in batches(statements):
        rows = source.select(f"""
            SELECT DISTINCT ?st ?e ?path ?line ?start ?end ?sentence ?extractor ?tier ?c {{
              VALUES ?st {{ {batch} }} ?st pg:hasEvidence ?e .
              ?e pg:inNote ?note ; pg:line ?line ; pg:startChar ?start ; pg:endChar ?end ;
                 pg:sentence ?sentence ; pg:extractor ?extractor ; pg:tier ?tier ; pg:confidence ?c .
              ?note dcterms:identifier ?path }}""")
        for row in rows:
            found.setdefault(row["st"], []).append(_evidence(row))
    key = lambda e: (-e.confidence, e.note, e.start, e.iri)  # noqa: E731  one sort key, used once
    return {statement: tuple(sorted(items, key=key)) for statement, items in found.items()}


def _evidence(row: Mapping[str, str]) -> Evidence:
    return Evidence(
        iri=row["e"],
        note=row["path"],
        line=int(row["line"]),
        start=int(row["start"]),
        end=int(row["end"]),
        sentence=row["sentence"],
        extractor=row["extractor"],
        tier="structure" if row["tier"] == "structure" else "prose",
        confidence=float(row["c"]),
    )


def _works(source: Selectable, iris: Iterable[str]) -> dict[str, tuple[Work, ...]]:
    """Return the papers that introduce each IRI (a paper stands for itself), with year and institutions."""
    members = list(iris)
    papers: dict[str, set[str]] = _values_of(source, members, "?y pg:introduces ?x")
    for iri in _values_of(source, members, "?x a ?y . FILTER(?y = pg:Paper)"):
        papers.setdefault(iri, set()).add(iri)
    works = sorted({paper for found in papers.values() for paper in found})
    titles = _values_of(source, works, "?x rdfs:label ?y")
    years = _values_of(source, works, "?x dcterms:issued ?y")
    makers = _values_of(source, [*works, *papers], "?x pg:affiliatedWith ?i . ?i rdfs:label ?y")
    return {
        iri: tuple(
            Work(
                paper,
                min(titles[paper]),
                min(years.get(paper, ()), default=""),
                tuple(sorted(makers.get(paper, set()) | makers.get(iri, set()))),
            )
            for paper in sorted(found)
            if paper in titles
        )
        for iri, found in papers.items()
    }


def _values_of(source: Selectable, iris: Iterable[str], pattern: str) -> dict[str, set[str]]:
    """Return the values of ?y for each IRI in the place of ?x; plain patterns are what every server can do."""
    found: dict[str, set[str]] = {}
    for batch in batches(iris):
        for row in source.select(f"SELECT DISTINCT ?x ?y {{ VALUES ?x {{ {batch} }} {pattern} }}"):
            found.setdefault(row["x"], set()).add(row["y"])
    return found


def batches(iris: Iterable[str], most: int = _BATCH) -> Iterator[str]:
    """Yield the IRIs as SPARQL terms, so many at a time that every server takes a query with them.

    >>> list(batches(["urn:a", "urn:b", "urn:a", "urn:c"], 2))
    ['<urn:a> <urn:b>', '<urn:c>']
    """
    batch: list[str] = []
    size = 0
    for iri in dict.fromkeys(iris):
        if batch and (len(batch) == most or size + len(iri) > _BATCH_SIZE):
            yield _values(batch)
            batch, size = [], 0
        batch.append(iri)
        size += len(iri) + 3
    if batch:
        yield _values(batch)


def _values(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def lineage_predicates(*, with_uses: bool = False) -> tuple[Predicate, ...]:
    """Return the predicates that lineage follows: extends and improvesOn, and uses on demand.

    >>> lineage_predicates(with_uses=True)
    ('extends', 'improvesOn', 'uses')
    """
    return (*LINEAGE, "uses") if with_uses else LINEAGE
