"""The parts of an entity's page: what the graph says of it, sorted by what people ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from papergraph.insight.show import Fact, Profile
from papergraph.model import Evidence, Predicate
from papergraph.ontology.relation_labels import relation_key
from papergraph.ontology.terms import predicate_iri

#: Rows that a panel shows at once; the rest folds open.
SHOWN = 12

#: Key of each panel, and the relations in it: predicate, and whether the entity is its subject.
_PANELS: tuple[tuple[str, tuple[tuple[Predicate, bool], ...]], ...] = (
    ("introducedBy", (("introduces", False),)),
    ("introduces", (("introduces", True),)),
    ("works", (("affiliatedWith", False),)),
    ("filed", (("hasTopic", False),)),
    ("wrote", (("authoredBy", False),)),
    ("runs", (("targetsHardware", False),)),
    ("measured", (("measuredOn", False),)),
    ("evaluated", (("evaluatedOn", False),)),
    ("trained", (("trainedOn", False),)),
    ("uses", (("uses", True),)),
    ("usedBy", (("uses", False),)),
    (
        "compared",
        (("outperforms", True), ("outperforms", False), ("comparedWith", True), ("comparedWith", False)),
    ),
    ("designedFor", (("targetsHardware", True),)),
    ("measuredOn", (("measuredOn", True),)),
    ("evaluatedOn", (("evaluatedOn", True),)),
    ("trainedOn", (("trainedOn", True),)),
    ("institutions", (("affiliatedWith", True),)),
    ("authors", (("authoredBy", True),)),
    ("topics", (("hasTopic", True),)),
    ("broader", (("broader", True),)),
    ("narrower", (("broader", False),)),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a panel lists."""

    label: str
    href: str
    says: str
    """Key of the label of the relation; "" if the title of the panel is enough."""
    confidence: float
    denied: bool
    evidence: tuple[Evidence, ...]
    children: tuple[Row, ...] = ()
    year: str = ""
    remark: str = ""
    """Key of a remark about the row, such as `see_above`."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page, and the query that answers the same."""

    key: str
    rows: tuple[Row, ...]
    query: str = field(repr=False)
    cut: int = 0
    """How many steps of a lineage are shown where there are more; 0 where all are."""


def panels(profile: Profile, address: Callable[[str], str]) -> Iterator[Panel]:
    """Yield the panels that have something to show; `address` gives the place of an IRI's page."""
    for key, relations in _PANELS:
        facts = [f for f in profile.facts if (f.predicate, f.outgoing) in relations]
        facts.sort(key=lambda f: (f.polarity == "negative", -f.confidence, f.label.casefold(), f.other))
        if facts:
            mixed = len(relations) > 1
            rows = tuple(_row(f, address, _says(f) if mixed else "") for f in _without_repeats(facts))
            yield Panel(key, rows, _query(profile.iri, relations))


def _without_repeats(facts: Sequence[Fact]) -> Iterator[Fact]:
    seen: set[tuple[str, Predicate, bool]] = set()
    for fact in facts:
        key = (fact.other, fact.predicate, fact.outgoing)
        if key not in seen:
            seen.add(key)
            yield fact


def _says(fact: Fact) -> str:
    return relation_key(fact.predicate, outgoing=fact.outgoing)


def _row(fact: Fact, address: Callable[[str], str], says: str) -> Row:
    return Row(fact.label, address(fact.other), says, fact.confidence, fact.polarity == "negative", fact.evidence)


def _query(iri: str, relations: Sequence[tuple[Predicate, bool]]) -> str:
    ends = "\n  UNION ".join(
        f"{{ ?st rdf:{'subject' if out else 'object'} <{iri}> ; rdf:predicate <{predicate_iri(predicate)}> ; "
        f"rdf:{'object' if out else 'subject'} ?other }}"
        for predicate, out in relations
    )
    return (
        "SELECT ?other ?label ?confidence ?sentence ?note ?line {\n"
        f"  {ends}\n"
        "  ?other rdfs:label ?label .\n"
        "  ?st pg:confidence ?confidence ; pg:polarity ?polarity ; pg:hasEvidence ?e .\n"
        "  ?e pg:sentence ?sentence ; pg:line ?line ; pg:inNote ?n . ?n dcterms:identifier ?note\n"
        "} ORDER BY DESC(?confidence) ?label ?note ?line"
    )
