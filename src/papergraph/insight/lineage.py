"""What builds on a method, and what it builds on: a breadth-first walk over statements, with the evidence of each step.

The walk asks one plain query per level instead of a property path, since a path cannot see the confidence of an edge,
and some SPARQL engines fail on long paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papergraph.ask.source import Selectable
from papergraph.ask.statements import batches, one_of, read_evidence, read_labels, values_of
from papergraph.insight.change import change_of
from papergraph.insight.walk import Direction, Walk, far_end, near_end, walk
from papergraph.model import Evidence, Predicate
from papergraph.ontology.terms import LINEAGE, predicate_iri

__all__ = ["Direction", "Lineage", "Member", "Step", "Work", "lineage_predicates", "trace_lineage"]


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
    """Number of steps from the start; 0 for the start."""
    works: tuple[Work, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A relation of a lineage."""

    subject: str
    predicate: Predicate
    object: str
    confidence: float
    evidence: tuple[Evidence, ...]
    cycle: bool = False
    """The step leads back to an earlier member of its path; it is reported but not followed."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The answer to "what builds on X" (downstream) or "what does X build on" (upstream)."""

    start: str
    direction: Direction
    members: tuple[Member, ...]
    """By distance; the start comes first."""
    steps: tuple[Step, ...]
    """By level; sorted by label within a level."""
    truncated: bool = False
    """There are further steps beyond the requested depth or number."""

    def member(self, iri: str) -> Member:
        """Return the member with this IRI; raises KeyError if there is none."""
        for member in self.members:
            if member.iri == iri:
                return member
        raise KeyError(iri)

    def is_reversed(self, step: Step) -> bool:
        """Return whether a step builds on something newer than itself, by the years of their first papers."""
        newer, older = (min((w.year for w in self.member(end).works if w.year), default="") for end in _ends(step))
        return bool(newer and older and newer < older)

    def change(self, step: Step) -> str:
        """Return the clause of the best evidence that says what a step changes; empty if none does."""
        names = (self.member(end).label for end in _ends(step))
        return change_of(step.evidence[0].sentence, *names) if step.evidence else ""

    def next_steps(self, iri: str) -> tuple[Step, ...]:
        """Return the steps that lead away from the start, from the member `iri`."""
        return tuple(s for s in self.steps if near_end(s, self.direction) == iri)

    def far_end(self, step: Step) -> str:
        """Return the end of `step` that is further from the start."""
        return far_end(step, self.direction)


def _ends(step: Step) -> tuple[str, str]:
    return step.subject, step.object


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
    most: int | None = None,
    predicates: tuple[Predicate, ...] = LINEAGE,
    min_confidence: float | None = None,
) -> Lineage:
    """Trace the lineage of the entity `start`: at most `depth` steps from it, and `most` steps in all; None for all.

    Only positive claims count: those that the graph asserts, or those with at least `min_confidence` (0 to 1) if that
    is given. A step that closes a cycle has `cycle` set and is not followed.

    Raises:
        QueryError: if the store cannot answer.
    """

    def edges(frontier: Sequence[str]) -> list[_Edge]:
        return _edges(source, frontier, direction, predicates, min_confidence)

    return _describe(source, start, direction, walk(start, edges, direction, depth, most))


def _edges(
    source: Selectable,
    frontier: Sequence[str],
    direction: Direction,
    predicates: tuple[Predicate, ...],
    min_confidence: float | None,
) -> list[_Edge]:
    names = {predicate_iri(p): p for p in predicates}
    side, far = ("object", "s") if direction == "downstream" else ("subject", "o")
    asserted = "?s ?p ?o ." if min_confidence is None else ""
    found: list[tuple[str, _Edge]] = []
    for batch in batches(frontier):
        rows = source.select(f"""
            SELECT DISTINCT ?st ?s ?p ?o ?c ?label {{
              VALUES ?near {{ {batch} }}
              ?st rdf:{side} ?near ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
                  pg:polarity "positive" ; pg:confidence ?c . {asserted}
              ?{far} rdfs:label ?label {one_of("?p", names)} }}""")
        for row in rows:
            edge = _Edge(row["st"], row["s"], names[row["p"]], row["o"], float(row["c"]))
            if edge.confidence >= (min_confidence or 0.0):
                found.append((row["label"].casefold(), edge))
    order = {iri: position for position, iri in enumerate(frontier)}
    found.sort(key=lambda pair: (order[near_end(pair[1], direction)], pair[0], pair[1].statement))
    return list(dict.fromkeys(edge for _, edge in found))


def _describe(source: Selectable, start: str, direction: Direction, walked: Walk[_Edge]) -> Lineage:
    labels = read_labels(source, walked.depths)
    works = _works(source, walked.depths)
    evidence = read_evidence(source, [edge.statement for edge, _ in walked.edges])
    members = tuple(Member(iri, labels.get(iri, iri), n, works.get(iri, ())) for iri, n in walked.depths.items())
    steps = tuple(
        Step(e.subject, e.predicate, e.object, e.confidence, evidence.get(e.statement, ()), cycle)
        for e, cycle in walked.edges
    )
    return Lineage(start, direction, members, steps, walked.truncated)


def _works(source: Selectable, iris: Iterable[str]) -> dict[str, tuple[Work, ...]]:
    """Return the papers that introduce each IRI (a paper stands for itself), with year and institutions."""
    members = list(iris)
    papers: dict[str, set[str]] = values_of(source, members, "?y pg:introduces ?x")
    for iri in values_of(source, members, "?x a ?y . FILTER(?y = pg:Paper)"):
        papers.setdefault(iri, set()).add(iri)
    works = sorted({paper for found in papers.values() for paper in found})
    titles = values_of(source, works, "?x rdfs:label ?y")
    years = values_of(source, works, "?x dcterms:issued ?y")
    makers = values_of(source, [*works, *papers], "?x pg:affiliatedWith ?i . ?i rdfs:label ?y")
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


def lineage_predicates(*, with_uses: bool = False) -> tuple[Predicate, ...]:
    """Return the predicates that lineage follows: extends and improvesOn, and uses on demand.

    >>> lineage_predicates(with_uses=True)
    ('extends', 'improvesOn', 'uses')
    """
    return (*LINEAGE, "uses") if with_uses else LINEAGE
