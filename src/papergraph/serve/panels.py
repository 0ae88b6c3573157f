"""The parts of an entity's page: what the graph says of it, sorted by what people ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from papergraph.insight.lineage import Direction, Lineage, Step
from papergraph.insight.show import Fact, Profile
from papergraph.model import Evidence, Predicate
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
    """Key of the words for the relation; "" where the panel's title says it."""
    confidence: float
    denied: bool
    evidence: tuple[Evidence, ...]
    children: tuple[Row, ...] = ()
    year: str = ""
    remark: str = ""
    """Key of a word about the row, such as that it stands above."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page, and the query that answers the same."""

    key: str
    rows: tuple[Row, ...]
    query: str = field(repr=False)


def panels(profile: Profile, address: Callable[[str], str]) -> Iterator[Panel]:
    """Yield the panels that have something to show; `address` gives the place of an IRI's page."""
    for key, relations in _PANELS:
        facts = [f for f in profile.facts if (f.predicate, f.outgoing) in relations]
        facts.sort(key=lambda f: (f.polarity == "negative", -f.confidence, f.label.casefold(), f.other))
        if facts:
            mixed = len(relations) > 1
            rows = tuple(_row(f, address, _says(f) if mixed else "") for f in _without_repeats(facts))
            yield Panel(key, rows, _query(profile.iri, relations))


def lineage_panel(lineage: Lineage, address: Callable[[str], str]) -> Panel | None:
    """Return a lineage as nested rows; None if there is none."""
    drawn = {lineage.start}

    def grow(iri: str) -> tuple[Row, ...]:
        rows = []
        for step in lineage.next_steps(iri):
            far = lineage.far_end(step)
            member, seen = lineage.member(far), far in drawn
            drawn.add(far)
            rows.append(
                Row(
                    member.label,
                    address(far),
                    f"says_{step.predicate}",
                    step.confidence,
                    denied=False,
                    evidence=step.evidence,
                    children=() if seen else grow(far),
                    year=next((w.year for w in member.works if w.year), ""),
                    remark="cycle" if step.cycle else "see_above" if seen else "",
                )
            )
        return tuple(rows)

    rows = grow(lineage.start)
    key = "built_on_by" if lineage.direction == "downstream" else "builds_on"
    return Panel(key, rows, _lineage_query(lineage.start, lineage.direction)) if rows else None


def history(lineages: Sequence[Lineage], address: Callable[[str], str]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return the members of lineages whose year is known, by year; nothing for fewer than two years."""
    years: dict[str, dict[str, Row]] = {}
    for lineage in lineages:
        for member in lineage.members:
            for year in sorted({w.year[:4] for w in member.works if w.year})[:1]:
                remark = "self" if member.iri == lineage.start else ""
                row = Row(member.label, address(member.iri), "", 1.0, denied=False, evidence=(), remark=remark)
                years.setdefault(year, {})[member.iri] = row
    if len(years) < 2:
        return ()
    return tuple((year, tuple(sorted(rows.values(), key=lambda r: r.label))) for year, rows in sorted(years.items()))


def _without_repeats(facts: Sequence[Fact]) -> Iterator[Fact]:
    seen: set[tuple[str, Predicate, bool]] = set()
    for fact in facts:
        key = (fact.other, fact.predicate, fact.outgoing)
        if key not in seen:
            seen.add(key)
            yield fact


def _says(fact: Fact) -> str:
    return "says_outperformedBy" if fact.predicate == "outperforms" and not fact.outgoing else f"says_{fact.predicate}"


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


def _lineage_query(iri: str, direction: Direction) -> str:
    path = "(pg:extends|pg:improvesOn)+"
    pattern = f"?other {path} <{iri}>" if direction == "downstream" else f"<{iri}> {path} ?other"
    return f"SELECT DISTINCT ?other ?label {{\n  {pattern} .\n  ?other rdfs:label ?label\n}} ORDER BY ?label"


__all__ = ["SHOWN", "Panel", "Row", "Step", "history", "lineage_panel", "panels"]
