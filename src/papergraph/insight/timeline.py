"""How something developed: the works on a topic, of an institution, on a device or dataset, or the family of a method.

Each work stands under the year of its paper, with the line that says why it is listed; those without one stand apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from papergraph.ask.source import Selectable
from papergraph.insight.claims import Claim
from papergraph.insight.facts import Facts, SourceFacts
from papergraph.insight.lineage import trace_lineage
from papergraph.model import EntityType, Evidence, Predicate

#: By which claims works belong to an entity of a type; other types have a family.
_BELONGING: dict[str, tuple[Predicate, ...]] = {
    "Topic": ("hasTopic",),
    "Institution": ("affiliatedWith",),
    "Hardware": ("targetsHardware", "measuredOn"),
    "Dataset": ("evaluatedOn", "trainedOn"),
    "Person": ("authoredBy",),
}


#: What a name means first where several entities have it: the topic holds the works that one wants by year.
PREFERRED: EntityType = "Topic"


@dataclass(frozen=True, slots=True)
class Event:
    """A work at its place in time."""

    iri: str
    label: str
    year: str
    """Four digits; empty where the notes do not say."""
    title: str
    """Of its paper, where that is called otherwise."""
    predicate: Predicate | None
    """Why it is listed; None for the start of a family."""
    other: str
    """Label of what the predicate leads to."""
    evidence: tuple[Evidence, ...]
    """Of that claim, best first; for the start of a family, of its introduction."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Works by year."""

    iri: str
    label: str
    type: str
    events: tuple[Event, ...]
    """By year, then by label; those without a year come last."""

    def years(self) -> tuple[tuple[str, tuple[Event, ...]], ...]:
        """Return the events of each year; those without a year come last, under the empty string."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            found[event.year].append(event)
        return tuple((year, tuple(events)) for year, events in found.items())


def read_timeline(source: Selectable, iri: str, facts: Facts | None = None) -> Timeline:
    """Return the works that belong to the entity `iri`, by year.

    They are the works on a topic and the narrower ones, those of an institution or a person, those on a device or a
    dataset, and of a method, model or paper what builds on it, directly or by way of others. Who needs many timelines
    of one graph gives its `facts`, so that they are read once.

    Raises:
        QueryError: if the store cannot answer.
    """
    facts = facts or SourceFacts(source)
    kind = facts.types([iri])[iri]
    claims = _belonging(facts, iri, kind) if kind in _BELONGING else _family(source, iri)
    papers = _papers(facts, claims)
    listed = [paper.iri for many in papers.values() for paper in many]
    labels = facts.labels([iri, *claims, *listed, *(c.object for c in claims.values() if c)])
    events = _events(claims, papers, facts.years(listed), labels)
    found = sorted(events, key=lambda e: (not e.year, e.year, e.label.casefold(), e.iri))
    return Timeline(iri, labels.get(iri, iri), kind, tuple(found))


def _belonging(facts: Facts, iri: str, kind: str) -> dict[str, Claim | None]:
    """Return the surest claim by which each work belongs to an entity, or to a topic below it."""
    ends, frontier = [iri], [iri]
    while frontier and kind == "Topic":
        below = facts.claims(frontier, ("broader",), "object")
        frontier = [s for s in dict.fromkeys(c.subject for c in below if not c.denied) if s not in ends]
        ends += frontier
    found: dict[str, Claim | None] = {}
    for claim in facts.claims(ends, _BELONGING[kind], "object"):
        if not claim.denied:
            found.setdefault(claim.subject, claim)
    return found


def _family(source: Selectable, iri: str) -> dict[str, Claim | None]:
    """Return the start, and the first step that leads to each work that builds on it."""
    found: dict[str, Claim | None] = {iri: None}
    for step in trace_lineage(source, iri).steps:
        claim = Claim(step.subject, step.predicate, step.object, step.confidence, "positive", step.evidence)
        found.setdefault(step.subject, claim)
    return found


@dataclass(frozen=True, slots=True)
class _Paper:
    iri: str
    evidence: tuple[Evidence, ...]


def _papers(facts: Facts, works: Iterable[str]) -> dict[str, list[_Paper]]:
    """Return the papers that introduce each work; a paper stands for itself."""
    listed = list(works)
    found: dict[str, list[_Paper]] = {iri: [_Paper(iri, ())] for iri in listed}
    for claim in facts.claims(listed, ("introduces",), "object"):
        if not claim.denied:
            found[claim.object].append(_Paper(claim.subject, claim.evidence))
    return found


def _events(
    claims: Mapping[str, Claim | None],
    papers: Mapping[str, list[_Paper]],
    years: Mapping[str, set[str]],
    labels: Mapping[str, str],
) -> Iterator[Event]:
    """Yield each work once; a thing and its paper that are both listed are one work, the thing."""
    introducing = {paper.iri for iri in claims for paper in papers[iri][1:]}
    for iri, claim in claims.items():
        if iri in introducing:
            continue
        year = min((y[:4] for paper in papers[iri] for y in years.get(paper.iri, ())), default="")
        label = labels.get(iri, iri)
        title = next((labels[p.iri] for p in papers[iri][1:] if p.iri in labels), "")
        evidence = claim.evidence if claim else tuple(e for p in papers[iri] for e in p.evidence)
        yield Event(
            iri,
            label,
            year,
            "" if title.casefold() == label.casefold() else title,
            claim.predicate if claim else None,
            labels.get(claim.object, claim.object) if claim else "",
            evidence,
        )
