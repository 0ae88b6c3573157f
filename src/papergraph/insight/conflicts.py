"""Where notes contradict each other or themselves: what can hardly all be right, each with the place that says it.

`papergraph query conflicts` asks in SPARQL for those that plain triples show (works that build on or beat each other,
circles, two years), under the same names. Whether the graph has the form that it should have is for the SHACL shapes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from papergraph.model import Entity, Graph, Relation
from papergraph.ontology.identifiers import scheme_of
from papergraph.ontology.kinds import LISTED, group_of
from papergraph.text.folding import fold
from papergraph.vocabulary.link_labels import names_a_work

#: How many identifiers or papers one message lists.
_SHOWN = 5
_BUILDS = frozenset({"extends", "improvesOn"})


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """One thing to look at."""

    place: str
    """`note.md:12`."""
    kind: str
    """`mutual` with a predicate, or the name of another row of `CONFLICTS`."""
    message: str
    about: tuple[str, ...] = ()
    """IRIs of the entities that it is about."""


def find_conflicts(graph: Graph) -> tuple[Conflict, ...]:
    """Return what contradicts what in `graph`, by place; only claims that it asserts count."""
    return tuple(sorted({conflict for _, find in CONFLICTS for conflict in find(graph)}))


def _labels(graph: Graph) -> dict[str, str]:
    return {e.iri: e.label for e in graph.entities}


def _asserted(graph: Graph, *predicates: str) -> list[Relation]:
    return [r for r in graph.relations if r.predicate in predicates and graph.asserts(r)]


def _place(relation: Relation) -> str:
    first = min(relation.evidence, key=lambda e: (e.note, e.line))
    return f"{first.note}:{first.line}"


def _mutual(graph: Graph) -> Iterator[Conflict]:
    labels = _labels(graph)
    for predicate in ("extends", "improvesOn", "outperforms"):
        pairs = {(r.subject, r.object): r for r in _asserted(graph, predicate)}
        for (subject, obj), relation in pairs.items():
            if subject < obj and (other := pairs.get((obj, subject))):
                text = f"{labels[subject]} {predicate} {labels[obj]}, and vice versa at {_place(other)}"
                yield Conflict(_place(relation), f"mutual {predicate}", text, (subject, obj))


def _cycles(graph: Graph) -> Iterator[Conflict]:
    """Yield each set of works that build on themselves by way of each other, unless each step is mutual."""
    import networkx as nx

    labels = _labels(graph)
    relations = {(r.subject, r.predicate, r.object): r for r in _asserted(graph, *_BUILDS)}
    found: nx.DiGraph[str] = nx.DiGraph(sorted((subject, obj) for subject, _, obj in relations))
    one_way = {(s, p, o): r for (s, p, o), r in relations.items() if (o, p, s) not in relations}
    for component in sorted(nx.strongly_connected_components(found), key=min):
        inside = sorted((s, o, p) for s, p, o in one_way if {s, o} <= component and s != o)
        if inside:
            first, obj, predicate = inside[0]
            names = ", ".join(sorted(labels[iri] for iri in component))
            place = _place(one_way[first, predicate, obj])
            yield Conflict(
                place, "lineage cycle", f"these build on each other in a circle: {names}", tuple(sorted(component))
            )


def _shared_identifiers(graph: Graph) -> Iterator[Conflict]:
    owners: dict[str, list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        for identifier in entity.identifiers:
            owners[identifier].append(entity)
    for identifier, papers in owners.items():
        if len(papers) > 1:
            titles = " / ".join(p.label for p in papers)
            yield Conflict(
                _first(papers[0]),
                "shared identifier",
                f"{identifier} belongs to several works: {titles}",
                _iris(papers),
            )


def _two_identifiers(graph: Graph) -> Iterator[Conflict]:
    for entity in graph.entities:
        for scheme, found in _by_scheme(entity).items():
            if len(found) > 1:
                text = (
                    f"{entity.label} has {len(found)} identifiers of the scheme {scheme}: {', '.join(found[:_SHOWN])}"
                )
                yield Conflict(_first(entity), "two identifiers", text, (entity.iri,))


def _shared_titles(graph: Graph) -> Iterator[Conflict]:
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
            text = f"{papers[0].label} has several identifiers: {listed}"
            yield Conflict(_first(papers[0]), "shared title", text, _iris(papers))


def _by_scheme(entity: Entity) -> dict[str, list[str]]:
    """Return the identifiers of an entity by scheme; an address has none."""
    found: dict[str, list[str]] = defaultdict(list)
    for identifier in entity.identifiers:
        if scheme := scheme_of(identifier):
            found[scheme].append(identifier)
    return found


def _first(entity: Entity) -> str:
    return f"{entity.places[0].note}:{entity.places[0].line}" if entity.places else ""


def _iris(entities: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(e.iri for e in entities)


def _two_years(graph: Graph) -> Iterator[Conflict]:
    for entity in graph.entities:
        years = sorted({value for key, value in entity.attributes if key == "year"})
        if len(years) > 1:
            text = f"{entity.label} has several years: {' and '.join(years[:_SHOWN])}"
            yield Conflict(_first(entity), "two years", text, (entity.iri,))


def _two_introductions(graph: Graph) -> Iterator[Conflict]:
    labels = _labels(graph)
    introduced: dict[str, list[Relation]] = defaultdict(list)
    for relation in _asserted(graph, "introduces"):
        introduced[relation.object].append(relation)
    for iri, relations in introduced.items():
        if len(relations) > 1:
            papers = " / ".join(labels[r.subject] for r in relations)
            yield Conflict(
                _place(relations[0]), "two introductions", f"{labels[iri]} is introduced by: {papers}", (iri,)
            )


def _ambiguous_names(graph: Graph) -> Iterator[Conflict]:
    named: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        if entity.type in LISTED:
            for name in {fold(n) for n in (entity.label, *entity.aliases)}:
                named[name, "name"].append(entity)
    for (name, _), entities in named.items():
        if name and len(entities) > 1 and len({group_of(e.type) for e in entities}) == 1:
            owners = " / ".join(e.label for e in entities)
            yield Conflict(
                _first(entities[0]), "ambiguous name", f"one name for several entities: {owners}", _iris(entities)
            )


def _time_travel(graph: Graph) -> Iterator[Conflict]:
    labels = _labels(graph)
    years = {
        e.iri: min(v for k, v in e.attributes if k == "year") for e in graph.entities if dict(e.attributes).get("year")
    }
    born: dict[str, str] = {}
    for relation in _asserted(graph, "introduces"):
        if year := years.get(relation.subject):
            born[relation.object] = min(year, born.get(relation.object, year))
    for relation in _asserted(graph, *_BUILDS):
        older, newer = born.get(relation.object, ""), born.get(relation.subject, "")
        if older and newer and older > newer:
            text = f"{labels[relation.subject]} ({newer}) {relation.predicate} {labels[relation.object]} ({older})"
            yield Conflict(_place(relation), "time travel", text, (relation.subject, relation.object))


#: Every kind of conflict, in the order in which people read them.
CONFLICTS: tuple[tuple[str, Callable[[Graph], Iterator[Conflict]]], ...] = (
    ("mutual", _mutual),
    ("lineage cycle", _cycles),
    ("time travel", _time_travel),
    ("two introductions", _two_introductions),
    ("two years", _two_years),
    ("two identifiers", _two_identifiers),
    ("shared identifier", _shared_identifiers),
    ("shared title", _shared_titles),
    ("ambiguous name", _ambiguous_names),
)
