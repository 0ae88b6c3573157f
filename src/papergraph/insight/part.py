"""Parts of a graph to be shown: what is near a thing, its lineage, what is filed under a topic, or some types only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from itertools import chain

from papergraph.errors import UnknownNameError
from papergraph.insight.walk import Direction, near_end, walk
from papergraph.model import EntityType, Graph, Predicate, Relation
from papergraph.ontology.terms import LINEAGE

#: Returns the IRI that a name means, that of an entity of the type if there is one.
Chooser = Callable[[str, EntityType | None], str]


@dataclass(frozen=True, slots=True)
class Part:
    """A selection of a part of the graph; by default the whole graph."""

    focus: str | None = None
    """Only the neighbourhood of this entity."""
    hops: int = 2
    """Size of the neighbourhood, in steps."""
    lineage: str | None = None
    """Only what this entity builds on, and what builds on it."""
    direction: Direction | None = None
    """With `lineage`: only one direction."""
    topic: str | None = None
    """Only works on this topic or a narrower one."""
    types: tuple[EntityType, ...] = ()
    """Only entities of these types; the central entity is kept."""

    def __post_init__(self) -> None:
        """Raise ValueError for a direction without a lineage."""
        if self.direction and not self.lineage:
            raise ValueError(f"direction={self.direction!r} needs lineage=NAME")


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a graph."""

    graph: Graph
    centre: str | None = None
    """IRI of the central entity, if there is one."""


def cut(graph: Graph, part: Part, choose: Chooser) -> Cut:
    """Return a part of `graph`: topic, lineage, focus and types narrow it one after the other.

    Raises:
        UnknownNameError: if no entity has the name, or the other options do not select it.
    """
    centre = None
    if part.topic:
        centre = _topic(graph, part.topic, choose)
        graph = filed_under(graph, centre)
    if part.lineage:
        centre = choose(part.lineage, None)
        graph = lineage_of(graph, centre, (part.direction,) if part.direction else ("upstream", "downstream"))
    if part.focus:
        centre = choose(part.focus, None)
        graph = neighbourhood(graph, centre, part.hops)
    if part.types:
        graph = of_types(graph, part.types, (centre,) if centre else ())
    if centre and all(e.iri != centre for e in graph.entities):
        raise UnknownNameError(
            "entity in the part that the other options select", part.focus or part.lineage or part.topic or ""
        )
    return Cut(graph, centre)


def _topic(graph: Graph, name: str, choose: Chooser) -> str:
    """Return the IRI of a topic; raises UnknownNameError if what has this name is something else."""
    iri = choose(name, "Topic")
    topics = {e.iri: e.label for e in graph.entities if e.type == "Topic"}
    if iri not in topics:
        raise UnknownNameError("topic", name, tuple(get_close_matches(name, topics.values())))
    return iri


def neighbourhood(graph: Graph, focus: str, hops: int) -> Graph:
    """Return the part of `graph` within `hops` relations of the entity `focus`."""
    reached, frontier = {focus}, {focus}
    for _ in range(hops):
        around = {r.object for r in graph.relations if r.subject in frontier}
        around |= {r.subject for r in graph.relations if r.object in frontier}
        frontier = around - reached
        reached |= frontier
    return _only(graph, reached)


def lineage_of(
    graph: Graph,
    start: str,
    directions: Iterable[Direction],
    predicates: Collection[Predicate] = LINEAGE,
    min_confidence: float | None = None,
) -> Graph:
    """Return `start` with what builds on it, or what it builds on, and the papers that introduce any of them.

    The claims that count are those of `trace_lineage`.
    """
    counted = [r for r in graph.relations if r.predicate in predicates and graph.asserts(r, min_confidence)]
    kept = {start}
    for direction in directions:
        beside: dict[str, list[Relation]] = defaultdict(list)
        for relation in counted:
            beside[near_end(relation, direction)].append(relation)
        kept |= walk(start, partial(_beside, beside), direction).depths.keys()
    papers = {r.subject for r in graph.relations if r.predicate == "introduces" and r.object in kept}
    return _only(graph, kept | papers)


def _beside(relations: Mapping[str, Sequence[Relation]], reached: Sequence[str]) -> Iterator[Relation]:
    return chain.from_iterable(relations.get(iri, ()) for iri in reached)


def filed_under(graph: Graph, topic: str) -> Graph:
    """Return a topic with the narrower ones, what is filed under them, and what that introduces."""
    topics, frontier = {topic}, {topic}
    while frontier:
        frontier = {r.subject for r in graph.relations if r.predicate == "broader" and r.object in frontier} - topics
        topics |= frontier
    works = {r.subject for r in graph.relations if r.predicate == "hasTopic" and r.object in topics}
    things = {r.object for r in graph.relations if r.predicate == "introduces" and r.subject in works}
    papers = {r.subject for r in graph.relations if r.predicate == "introduces" and r.object in works}
    return _only(graph, topics | works | things | papers)


def of_types(graph: Graph, types: Collection[EntityType], keep: Collection[str] = ()) -> Graph:
    """Return the entities of these types with the relations between them; those in `keep` whatever their type."""
    return _only(graph, {e.iri for e in graph.entities if e.type in types or e.iri in keep})


def most_linked(graph: Graph, most: int, keep: str | None = None) -> Graph:
    """Return a graph of no more than `most` entities: those with most relations, and `keep`."""
    if len(graph.entities) <= most:
        return graph
    degree = Counter(end for r in graph.relations for end in (r.subject, r.object))
    order = sorted(graph.entities, key=lambda e: (e.iri != keep, -degree[e.iri], e.iri))
    return _only(graph, {e.iri for e in order[:most]})


def _only(graph: Graph, iris: Collection[str]) -> Graph:
    entities = tuple(e for e in graph.entities if e.iri in iris)
    relations = tuple(r for r in graph.relations if r.subject in iris and r.object in iris)
    return replace(graph, entities=entities, relations=relations)
