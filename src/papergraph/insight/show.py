"""Everything that the graph says about one entity: its names, its values, and its relations both ways."""

from __future__ import annotations

from dataclasses import dataclass

from papergraph.ask.source import Selectable
from papergraph.ask.statements import read_evidence, read_labels
from papergraph.model import ENTITY_TYPES, PREDICATES, Evidence, Polarity, Predicate
from papergraph.ontology.identifiers import SCHEMES
from papergraph.ontology.kinds import narrowest
from papergraph.ontology.terms import DCTERMS, PG, RDF, RDFS, SCHEMA, SKOS, class_iri, predicate_iri

#: What `show` prints of an entity's own values, in this order, and the name that it gives them.
_VALUES: dict[str, str] = {
    DCTERMS + "title": "title",
    DCTERMS + "issued": "year",
    PG + "venue": "venue",
    **{scheme.property: scheme.name for scheme in SCHEMES if scheme.property},
    SCHEMA + "sameAs": "see",
    PG + "code": "code",
    PG + "memoryGB": "memory GB",
    PG + "hardwareClass": "class",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation of the entity, seen from the entity."""

    predicate: Predicate
    outgoing: bool
    """The entity is the subject."""
    other: str
    """IRI at the other end."""
    label: str
    """Label of the other end."""
    confidence: float
    polarity: Polarity
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything about one entity, as `papergraph show` prints it."""

    iri: str
    type: str
    label: str
    aliases: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    """Pairs such as ("year", "2023"), in a fixed order."""
    facts: tuple[Fact, ...]
    """Outgoing first; by predicate in the order of the ontology, then by confidence and label."""
    notes: tuple[str, ...]
    """Paths of the notes that mention the entity."""
    reasons: tuple[str, ...] = ()
    """Why its mentions were merged."""


def read_profile(source: Selectable, iri: str) -> Profile:
    """Return the profile of the entity `iri`.

    Raises:
        QueryError: if the store cannot answer.
    """
    rows = [(r["p"], r["o"]) for r in source.select(f"SELECT DISTINCT ?p ?o {{ <{iri}> ?p ?o }}")]
    types = {o for p, o in rows if p == RDF + "type"}
    label = read_labels(source, [iri]).get(iri, iri)
    names = {o for p, o in rows if p in {RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel"}}
    return Profile(
        iri=iri,
        type=_narrowest(types),
        label=label,
        aliases=tuple(sorted(names - {label}, key=lambda n: (n.casefold(), n))),
        values=tuple((name, o) for p, name in _VALUES.items() for o in sorted(v for q, v in rows if q == p)),
        facts=_facts(source, iri),
        notes=tuple(sorted(r["path"] for r in source.select(_NOTES % iri))),
        reasons=tuple(sorted(o for p, o in rows if p == PG + "reason")),
    )


_NOTES = "SELECT DISTINCT ?path { ?note pg:mentions <%s> ; dcterms:identifier ?path }"


def _narrowest(types: set[str]) -> str:
    """Return the entity type; a Model is a Method as well, and the narrower name tells more."""
    return narrowest([t for t in ENTITY_TYPES if class_iri(t) in types]) or "Note"


def _facts(source: Selectable, iri: str) -> tuple[Fact, ...]:
    names = {predicate_iri(p): p for p in PREDICATES}
    rows = list(
        source.select(f"""
        SELECT DISTINCT ?st ?p ?other ?out ?c ?polarity {{
          {{ ?st rdf:subject <{iri}> ; rdf:object ?other BIND("yes" AS ?out) }} UNION
          {{ ?st rdf:object <{iri}> ; rdf:subject ?other BIND("no" AS ?out) }}
          ?st rdf:predicate ?p ; pg:confidence ?c ; pg:polarity ?polarity }}""")
    )
    labels = read_labels(source, (row["other"] for row in rows))
    evidence = read_evidence(source, (row["st"] for row in rows))
    facts = [
        Fact(
            predicate=names[row["p"]],
            outgoing=row["out"] == "yes",
            other=row["other"],
            label=labels.get(row["other"], row["other"]),
            confidence=float(row["c"]),
            polarity="negative" if row["polarity"] == "negative" else "positive",
            evidence=evidence.get(row["st"], ()),
        )
        for row in rows
    ]
    return tuple(sorted(facts, key=_fact_order))


def _fact_order(fact: Fact) -> tuple[bool, int, float, str, str]:
    return (not fact.outgoing, PREDICATES.index(fact.predicate), -fact.confidence, fact.label.casefold(), fact.other)
