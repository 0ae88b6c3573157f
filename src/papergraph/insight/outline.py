"""The outline of a graph: what there is, of which year, and what is asserted; without evidence, places and names.

It takes one scan of each property, which is inherent in questions about what is missing; the bulk of a graph, its
evidence and mentions, is not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from papergraph.ask.source import Selectable
from papergraph.ask.statements import terms_of
from papergraph.model import ENTITY_TYPES, EntityType, Predicate
from papergraph.ontology.kinds import narrowest
from papergraph.ontology.terms import class_iri, predicate_iri


@dataclass(frozen=True)
class Outline:
    """What a graph asserts."""

    labels: Mapping[str, str]
    types: Mapping[str, EntityType]
    claims: Sequence[tuple[str, Predicate, str]]
    """Sorted."""
    years: Mapping[str, str]
    """The first year of each paper that has one."""

    def pairs(self, *predicates: Predicate) -> list[tuple[str, str]]:
        """Return subject and object of every claim with one of these predicates."""
        return [(s, o) for s, p, o in self.claims if p in predicates]

    @cached_property
    def papers(self) -> Mapping[str, tuple[str, ...]]:
        """The papers that introduce each thing."""
        found: dict[str, list[str]] = defaultdict(list)
        for paper, thing in self.pairs("introduces"):
            found[thing].append(paper)
        return {thing: tuple(papers) for thing, papers in found.items()}

    @cached_property
    def things(self) -> Mapping[str, tuple[str, ...]]:
        """What each paper introduces."""
        found: dict[str, list[str]] = defaultdict(list)
        for paper, thing in self.pairs("introduces"):
            found[paper].append(thing)
        return {paper: tuple(things) for paper, things in found.items()}

    @cached_property
    def dependents(self) -> Mapping[str, frozenset[str]]:
        """What builds on, or uses, each thing."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject, obj in self.pairs("extends", "improvesOn", "uses"):
            found[obj].add(subject)
        return {thing: frozenset(users) for thing, users in found.items()}

    def works(self, iri: str) -> tuple[str, ...]:
        """Return the papers that stand for a thing; a paper, and a thing without paper, stands for itself."""
        return self.papers.get(iri, (iri,))

    def label(self, iri: str) -> str:
        """Return the label of an entity."""
        return self.labels.get(iri, iri)

    def short_label(self, iri: str) -> str:
        """Return what people call a work: the one thing that a paper introduces, else its own label."""
        things = self.things.get(iri, ())
        return self.label(things[0] if len(things) == 1 else iri)


def read_outline(source: Selectable, predicates: Sequence[Predicate]) -> Outline:
    """Return the outline of a graph with these predicates.

    Raises:
        QueryError: if the store cannot answer.
    """
    names = {predicate_iri(p): p for p in predicates}
    rows = source.select(f"SELECT ?s ?p ?o {{ VALUES ?p {{ {terms_of(names)} }} ?s ?p ?o }}")
    claims = sorted({(row["s"], names[row["p"]], row["o"]) for row in rows})
    return Outline(_labels(source), _types(source), claims, _years(source))


def _labels(source: Selectable) -> dict[str, str]:
    """Return a label of each entity, as `read_labels` does."""
    found: dict[str, tuple[bool, str]] = {}
    for row in source.select("SELECT ?s ?label (LANG(?label) AS ?lang) { ?s rdfs:label ?label }"):
        candidate = (row.get("lang") == "zh", row["label"])
        found[row["s"]] = min(found.get(row["s"], candidate), candidate)
    return {iri: label for iri, (_, label) in found.items()}


def _types(source: Selectable) -> dict[str, EntityType]:
    classes = {class_iri(t): t for t in ENTITY_TYPES}
    found: dict[str, set[str]] = defaultdict(set)
    for row in source.select(f"SELECT ?s ?t {{ VALUES ?t {{ {terms_of(classes)} }} ?s a ?t }}"):
        found[row["s"]].add(classes[row["t"]])
    return {iri: kind for iri, kinds in found.items() if (kind := narrowest(kinds))}


def _years(source: Selectable) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in source.select("SELECT ?s ?y { ?s dcterms:issued ?y }"):
        year = row["y"][:4]
        found[row["s"]] = min(found.get(row["s"], year), year)
    return found
