"""The parts of an entity's page: what the graph says of it, sorted by what people ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from papergraph.insight.branches import Branch, branches
from papergraph.insight.lineage import Direction, Lineage
from papergraph.insight.show import Fact, Profile
from papergraph.model import Evidence, Predicate
from papergraph.ontology.terms import LINEAGE, predicate_iri

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


def lineage_panel(lineage: Lineage, address: Callable[[str], str], depth: int) -> Panel | None:
    """Return a lineage that was traced to this `depth` as a tree of rows, or nothing."""
    below: dict[int, list[Row]] = defaultdict(list)
    for branch in reversed(tuple(branches(lineage))):  # so that a row is made when those below it are
        children = tuple(reversed(below.pop(branch.depth + 1, [])))
        below[branch.depth].append(_branch_row(branch, address, children))
    key = "built_on_by" if lineage.direction == "downstream" else "builds_on"
    rows = tuple(reversed(below[1]))
    return Panel(key, rows, _lineage_query(lineage.start, lineage.direction, depth)) if rows else None


def _branch_row(branch: Branch, address: Callable[[str], str], children: tuple[Row, ...]) -> Row:
    return Row(
        branch.member.label,
        address(branch.member.iri),
        f"says_{branch.step.predicate}",
        branch.step.confidence,
        denied=False,
        evidence=branch.step.evidence,
        children=children,
        year=next((w.year for w in branch.member.works if w.year), ""),
        remark="see_above" if branch.mark == "repeated" else branch.mark,
    )


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


def _lineage_query(iri: str, direction: Direction, depth: int) -> str:
    step = "|".join(f"pg:{predicate}" for predicate in LINEAGE)
    path = "/".join([f"({step})", *[f"({step})?"] * (depth - 1)])
    pattern = f"?other {path} <{iri}>" if direction == "downstream" else f"<{iri}> {path} ?other"
    return f"SELECT DISTINCT ?other ?label {{\n  {pattern} .\n  ?other rdfs:label ?label\n}} ORDER BY ?label"


__all__ = ["SHOWN", "Panel", "Row", "history", "lineage_panel", "panels"]
