"""What a comparison asks of a graph: claims from either end, labels, types, years and titles.

A source is asked for a few works with keyed look-ups; a graph that has been read as values answers for all its works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from papergraph.ask.source import Selectable
from papergraph.ask.statements import read_labels, values_of
from papergraph.insight.claims import Claim, End, read_claims
from papergraph.model import ENTITY_TYPES, Entity, Graph, Predicate, Relation
from papergraph.ontology.kinds import narrowest
from papergraph.ontology.terms import class_iri


class Facts(Protocol):
    """Where the facts of a comparison come from; each method answers for the entities `iris`."""

    def claims(self, iris: Iterable[str], predicates: Sequence[Predicate], end: End = "subject") -> list[Claim]:
        """Return the claims that the graph asserts or denies with one of `iris` at this `end`; the surest first."""
        ...

    def labels(self, iris: Iterable[str]) -> Mapping[str, str]:
        """Return their labels."""
        ...

    def types(self, iris: Iterable[str]) -> Mapping[str, str]:
        """Return their types, the most specific of several; the empty string for none."""
        ...

    def years(self, iris: Iterable[str]) -> Mapping[str, set[str]]:
        """Return the years that they have themselves."""
        ...

    def titles(self, iris: Iterable[str]) -> Mapping[str, set[str]]:
        """Return all their names."""
        ...


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Facts that a source is asked for; its methods raise QueryError if it cannot answer."""

    source: Selectable

    def claims(self, iris: Iterable[str], predicates: Sequence[Predicate], end: End = "subject") -> list[Claim]:
        """Return the claims with one of `iris` at this `end`."""
        return read_claims(self.source, iris, predicates, end)

    def labels(self, iris: Iterable[str]) -> Mapping[str, str]:
        """Return labels."""
        return read_labels(self.source, iris)

    def types(self, iris: Iterable[str]) -> Mapping[str, str]:
        """Return types."""
        iris = tuple(iris)
        found = values_of(self.source, iris, "?x a ?y")
        classes = {t: class_iri(t) for t in ENTITY_TYPES}
        return {iri: narrowest([t for t, c in classes.items() if c in found.get(iri, ())]) or "" for iri in iris}

    def years(self, iris: Iterable[str]) -> Mapping[str, set[str]]:
        """Return years."""
        return values_of(self.source, iris, "?x dcterms:issued ?y")

    def titles(self, iris: Iterable[str]) -> Mapping[str, set[str]]:
        """Return names."""
        return values_of(self.source, iris, "VALUES ?p { rdfs:label skos:altLabel skos:prefLabel } ?x ?p ?y .")


@dataclass(frozen=True, slots=True)
class GraphFacts:
    """Facts of a graph that has been read."""

    graph: Graph
    _entities: dict[str, Entity] = field(init=False, repr=False)
    _by_end: dict[End, dict[str, list[Relation]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the claims by their ends."""
        ends: dict[End, dict[str, list[Relation]]] = {"subject": defaultdict(list), "object": defaultdict(list)}
        for relation in self.graph.relations:
            if relation.polarity == "negative" or self.graph.asserts(relation):
                ends["subject"][relation.subject].append(relation)
                ends["object"][relation.object].append(relation)
        object.__setattr__(self, "_entities", {e.iri: e for e in self.graph.entities})
        object.__setattr__(self, "_by_end", ends)

    def claims(self, iris: Iterable[str], predicates: Sequence[Predicate], end: End = "subject") -> list[Claim]:
        """Return the claims with one of `iris` at this `end`."""
        near = self._by_end[end]
        found = [r for iri in dict.fromkeys(iris) for r in near.get(iri, ()) if r.predicate in predicates]
        claims = [_claim(relation) for relation in found]
        return sorted(claims, key=lambda c: (-c.confidence, c.subject, predicates.index(c.predicate), c.object))

    def labels(self, iris: Iterable[str]) -> Mapping[str, str]:
        """Return labels."""
        return {iri: self._entities[iri].label for iri in iris if iri in self._entities}

    def types(self, iris: Iterable[str]) -> Mapping[str, str]:
        """Return types."""
        return {iri: self._entities[iri].type if iri in self._entities else "" for iri in iris}

    def years(self, iris: Iterable[str]) -> Mapping[str, set[str]]:
        """Return years."""
        known = {iri: self._entities[iri] for iri in iris if iri in self._entities}
        return {iri: {value for key, value in e.attributes if key == "year"} for iri, e in known.items()}

    def titles(self, iris: Iterable[str]) -> Mapping[str, set[str]]:
        """Return names."""
        known = {iri: self._entities[iri] for iri in iris if iri in self._entities}
        return {iri: {e.label, *e.aliases} for iri, e in known.items()}


def _claim(relation: Relation) -> Claim:
    evidence = tuple(sorted(relation.evidence, key=lambda e: (-e.confidence, e.note, e.start, e.iri)))
    ends = (relation.subject, relation.predicate, relation.object)
    return Claim(*ends, relation.confidence, relation.polarity, evidence, relation.dataset, relation.metric)
