"""The graph's own doubts: what notes say that can hardly all be right, each with the place that says it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from papergraph.model import Entity, Graph, Relation
from papergraph.ontology.identifiers import scheme_of
from papergraph.ontology.kinds import LISTED, group_of
from papergraph.text.folding import fold
from papergraph.vocabulary.link_labels import names_a_work

#: How many identifiers or papers one doubt lists.
_SHOWN = 5
_BUILDS = frozenset({"extends", "improvesOn"})


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """One thing to look at."""

    place: str
    """`note.md:12`."""
    kind: str
    """`mutual extends`, `lineage cycle`, `shared identifier`, `two identifiers`, `shared title` ...."""
    message: str


def find_doubts(graph: Graph) -> tuple[Doubt, ...]:
    """Return the doubts about `graph`, by place."""
    return tuple(sorted({doubt for find in DOUBTS for doubt in find(graph)}))


def _labels(graph: Graph) -> dict[str, str]:
    return {e.iri: e.label for e in graph.entities}


def _positive(graph: Graph, *predicates: str) -> list[Relation]:
    return [r for r in graph.relations if r.polarity == "positive" and r.predicate in predicates]


def _place(relation: Relation) -> str:
    first = min(relation.evidence, key=lambda e: (e.note, e.line))
    return f"{first.note}:{first.line}"


def _mutual(graph: Graph) -> Iterator[Doubt]:
    labels = _labels(graph)
    for predicate in ("extends", "improvesOn", "outperforms"):
        pairs = {(r.subject, r.object): r for r in _positive(graph, predicate)}
        for (subject, obj), relation in pairs.items():
            if subject < obj and (other := pairs.get((obj, subject))):
                text = f"{labels[subject]} {predicate} {labels[obj]}, and the reverse at {_place(other)}"
                yield Doubt(_place(relation), f"mutual {predicate}", text)


def _cycles(graph: Graph) -> Iterator[Doubt]:
    import networkx as nx

    labels = _labels(graph)
    found: nx.DiGraph[str] = nx.DiGraph()
    relations = {(r.subject, r.object): r for r in _positive(graph, *_BUILDS)}
    found.add_edges_from(sorted(relations))
    for component in sorted(nx.strongly_connected_components(found), key=min):
        if len(component) > 2:
            edge = min(e for e in relations if set(e) <= component)
            names = ", ".join(sorted(labels[iri] for iri in component))
            yield Doubt(_place(relations[edge]), "lineage cycle", f"each of these builds on another: {names}")


def _shared_identifiers(graph: Graph) -> Iterator[Doubt]:
    owners: dict[str, list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        for identifier in entity.identifiers:
            owners[identifier].append(entity)
    for identifier, papers in owners.items():
        if len(papers) > 1:
            first = papers[0].places[0]
            titles = " / ".join(p.label for p in papers)
            yield Doubt(f"{first.note}:{first.line}", "shared identifier", f"{identifier} is given to: {titles}")


def _two_identifiers(graph: Graph) -> Iterator[Doubt]:
    for entity in graph.entities:
        for scheme, found in _by_scheme(entity).items():
            if len(found) > 1:
                text = f"{entity.label} has {len(found)} identifiers of the scheme {scheme} {', '.join(found[:_SHOWN])}"
                yield Doubt(_first(entity), "two identifiers", text)


def _shared_titles(graph: Graph) -> Iterator[Doubt]:
    """Yield papers that have one title and different identifiers of one scheme: one of them is wrong, or both exist."""
    titled: dict[str, list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        if entity.type == "Paper":
            for title in sorted({fold(n) for n in (entity.label, *entity.aliases) if names_a_work(n)} - {""}):
                titled[title].append(entity)
    for papers in titled.values():
        schemes = Counter(scheme for paper in papers for scheme in _by_scheme(paper))
        if len(papers) > 1 and max(schemes.values(), default=0) > 1:
            listed = ", ".join(f"{' '.join(p.identifiers[:1]) or 'none'} ({_first(p)})" for p in papers[:_SHOWN])
            yield Doubt(_first(papers[0]), "shared title", f"{papers[0].label} has several identifiers: {listed}")


def _by_scheme(entity: Entity) -> dict[str, list[str]]:
    """Return the identifiers of an entity by scheme; an address has none."""
    found: dict[str, list[str]] = defaultdict(list)
    for identifier in entity.identifiers:
        if scheme := scheme_of(identifier):
            found[scheme].append(identifier)
    return found


def _first(entity: Entity) -> str:
    return f"{entity.places[0].note}:{entity.places[0].line}" if entity.places else ""


def _two_introductions(graph: Graph) -> Iterator[Doubt]:
    labels = _labels(graph)
    introduced: dict[str, list[Relation]] = defaultdict(list)
    for relation in _positive(graph, "introduces"):
        introduced[relation.object].append(relation)
    for iri, relations in introduced.items():
        if len(relations) > 1:
            papers = " / ".join(labels[r.subject] for r in relations)
            yield Doubt(_place(relations[0]), "two introductions", f"{labels[iri]} is introduced by: {papers}")


def _ambiguous_names(graph: Graph) -> Iterator[Doubt]:
    named: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        if entity.type in LISTED:
            for name in {fold(n) for n in (entity.label, *entity.aliases)}:
                named[name, "name"].append(entity)
    for (name, _), entities in named.items():
        if name and len(entities) > 1 and len({group_of(e.type) for e in entities}) == 1:
            place = entities[0].places[0]
            owners = " / ".join(e.label for e in entities)
            yield Doubt(f"{place.note}:{place.line}", "ambiguous name", f"one name for several things: {owners}")


def _time_travel(graph: Graph) -> Iterator[Doubt]:
    labels = _labels(graph)
    years = {
        e.iri: min(v for k, v in e.attributes if k == "year") for e in graph.entities if dict(e.attributes).get("year")
    }
    born: dict[str, str] = {}
    for relation in _positive(graph, "introduces"):
        if year := years.get(relation.subject):
            born[relation.object] = min(year, born.get(relation.object, year))
    for relation in _positive(graph, *_BUILDS):
        older, newer = born.get(relation.object, ""), born.get(relation.subject, "")
        if older and newer and older > newer:
            text = f"{labels[relation.subject]} ({newer}) {relation.predicate} {labels[relation.object]} ({older})"
            yield Doubt(_place(relation), "time travel", text)


#: Every kind of doubt.
DOUBTS: tuple[Callable[[Graph], Iterator[Doubt]], ...] = (
    _mutual,
    _cycles,
    _shared_identifiers,
    _two_identifiers,
    _shared_titles,
    _two_introductions,
    _ambiguous_names,
    _time_travel,
)
