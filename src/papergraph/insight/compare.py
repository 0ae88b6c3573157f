"""How works compare: idea, parents, components, hardware, datasets, institutions, years, and who outperforms whom.

Every value is a claim of the notes or stands in one, and has its place. What the notes deny is a value as well, and
differs from what they do not mention, which is no value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from papergraph.ask.source import Selectable
from papergraph.insight.claims import Claim
from papergraph.insight.facts import Facts, GraphFacts, SourceFacts
from papergraph.insight.figures import figures, figures_about, is_score_alone
from papergraph.model import Evidence, Graph, Predicate
from papergraph.text.folding import fold, is_chinese

#: What is compared, in this order, and the relations that answer it: predicate, and whether the work is its subject.
ASPECTS: dict[str, tuple[tuple[Predicate, bool], ...]] = {
    "idea": (),
    "year": (),
    "papers": (("introduces", False),),
    "institutions": (("affiliatedWith", True),),
    "parents": (("extends", True), ("improvesOn", True)),
    "components": (("uses", True),),
    "hardware": (("targetsHardware", True), ("measuredOn", True)),
    "datasets": (("evaluatedOn", True), ("trainedOn", True)),
    "topics": (("hasTopic", True),),
    "outperforms": (("outperforms", True),),
    "outperformed by": (("outperforms", False),),
}
_OUT: tuple[Predicate, ...] = tuple(dict.fromkeys(p for found in ASPECTS.values() for p, outgoing in found if outgoing))
#: What is said of a paper as a document, and holds for each of the things that it introduces.
_OF_PAPERS: frozenset[Predicate] = frozenset({"affiliatedWith", "hasTopic"})
#: Letters, and Chinese characters, of a sentence beyond the title that make it say something.
_WORDS, _CHARACTERS = 5, 8
#: Confidence of a claim from which its sentence may stand for the idea of a work.
_SURE = 0.75
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a cell."""

    text: str
    iri: str = ""
    """Of the entity that it names; empty for a sentence or a year."""
    predicate: Predicate | None = None
    denied: bool = False
    """The notes say that it is not so."""
    confidence: float = 1.0
    figures: tuple[str, ...] = ()
    """What its sentences say in figures."""
    evidence: tuple[Evidence, ...] = ()
    """Best first."""


@dataclass(frozen=True, slots=True)
class Work:
    """One of the works that are compared."""

    iri: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """One row: what the notes say of each work under one heading."""

    name: str
    cells: tuple[tuple[Value, ...], ...]
    """One for each work, in their order; empty where the notes say nothing."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A comparison of two of the works with each other."""

    subject: str
    object: str
    value: Value
    """Says what the notes claim; its text is the label of the object."""
    datasets: tuple[str, ...] = ()
    """Labels of the datasets that the same sentences name."""
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How works compare."""

    works: tuple[Work, ...]
    aspects: tuple[Aspect, ...]
    """Every row of `ASPECTS`."""
    contests: tuple[Contest, ...]
    """Who outperforms, or is compared with, whom among the works."""

    def cell(self, name: str, iri: str) -> tuple[Value, ...]:
        """Return what the notes say of the work `iri` under the heading `name`; raises KeyError for another."""
        found = {(a.name, w.iri): values for a in self.aspects for w, values in zip(self.works, a.cells, strict=True)}
        return found[name, iri]


def compare_works(source: Selectable, iris: Iterable[str]) -> Comparison:
    """Return how the entities `iris` compare; what is said of a paper that introduces one thing is said of the thing.

    Raises:
        QueryError: if the store cannot answer.
    """
    return _compared(SourceFacts(source), iris)


def compare_within(graph: Graph, iris: Iterable[str]) -> Comparison:
    """Return what `compare_works` returns, of a graph that has been read: quick for very many works."""
    return _compared(GraphFacts(graph), iris)


def _compared(facts: Facts, iris: Iterable[str]) -> Comparison:
    works = tuple(dict.fromkeys(iris))
    known = _Known.read(facts, works)
    rows = [Aspect(name, tuple(tuple(_values(known, name, work)) for work in works)) for name in ASPECTS]
    labelled = tuple(Work(iri, known.labels.get(iri, iri), known.types.get(iri, "")) for iri in works)
    return Comparison(labelled, tuple(rows), tuple(_contests(known, works)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the graph says about the works, read at once."""

    labels: Mapping[str, str]
    types: Mapping[str, str]
    claims: Mapping[str, Sequence[Claim]]
    """Of each work, and of what stands for it, with the work at its end."""
    papers: Mapping[str, Sequence[str]]
    years: Mapping[str, set[str]]
    titles: Mapping[str, set[str]]
    """Every name of each paper."""

    @classmethod
    def read(cls, facts: Facts, works: Sequence[str]) -> _Known:
        types = facts.types(works)
        introducing = facts.claims(works, ("introduces",), "object")
        introduced = facts.claims([w for w in works if types.get(w) == "Paper"], ("introduces",))
        papers: dict[str, list[str]] = {w: [w] if types.get(w) == "Paper" else [] for w in works}
        for claim in introducing:
            if not claim.denied:
                papers[claim.object].append(claim.subject)
        stands = _standing_for(facts, works, papers, introduced)
        outgoing = facts.claims(stands, _OUT)
        incoming = facts.claims(stands, ("outperforms", "comparedWith"), "object")
        compared = facts.claims(stands, ("comparedWith",))
        claims: dict[str, dict[Claim, None]] = {work: {} for work in works}
        for claim in (*outgoing, *incoming, *compared):
            for work in {**stands.get(claim.subject, {}), **stands.get(claim.object, {})}:
                if turned := _turned(claim, work, stands):
                    claims[work].setdefault(turned)
        for claim in introducing:
            claims[claim.object].setdefault(claim)
        every = {end for found in claims.values() for c in found for end in (c.subject, c.object, c.dataset) if end}
        listed = sorted({p for found in papers.values() for p in found})
        return cls(
            facts.labels([*works, *sorted(every)]),
            types,
            {work: tuple(found) for work, found in claims.items()},
            papers,
            facts.years(listed),
            facts.titles(listed),
        )


def _standing_for(
    facts: Facts, works: Sequence[str], papers: Mapping[str, Sequence[str]], introduced: Sequence[Claim]
) -> dict[str, dict[str, bool]]:
    """Return for each entity the works that it stands for, and whether all that is said of it is said of them."""
    stands: dict[str, dict[str, bool]] = defaultdict(dict)
    listed = sorted({p for found in papers.values() for p in found})
    number: dict[str, int] = defaultdict(int)
    for claim in facts.claims(listed, ("introduces",)):
        number[claim.subject] += not claim.denied
    for work in works:
        for paper in papers[work]:
            stands[paper][work] = number[paper] == 1
    for claim in introduced:
        stands[claim.object].setdefault(claim.subject, True)
    for work in works:
        stands[work][work] = True
    return stands


def _turned(claim: Claim, work: str, stands: Mapping[str, Mapping[str, bool]]) -> Claim | None:
    """Return a claim as one about `work`, if one of its ends stands for it."""
    for end in ("subject", "object"):
        whole = stands.get(getattr(claim, end), {}).get(work)
        if whole or (whole is False and claim.predicate in _OF_PAPERS):
            turned = replace(claim, subject=work) if end == "subject" else replace(claim, object=work)
            return None if turned.subject == turned.object else turned
    return None


def _values(known: _Known, name: str, work: str) -> Iterator[Value]:
    if name == "idea":
        yield from _idea(known, work)
    elif name == "year":
        yield from _years(known, work)
    else:
        relations = ASPECTS[name]
        found = [c for c in known.claims[work] if (c.predicate, c.subject == work) in relations]
        order = {predicate: number for number, (predicate, _) in enumerate(relations)}
        found.sort(key=lambda c: (order[c.predicate], c.denied, -c.confidence, _label(known, c, work).casefold()))
        yield from _merged(_value(known, claim, work) for claim in found)


def _merged(values: Iterable[Value]) -> list[Value]:
    """Return the values with those that say the same, of a work and of its paper, as one with all evidence."""
    found: dict[tuple[str, str, bool], Value] = {}
    for value in values:
        key = (value.iri, value.predicate or "", value.denied)
        known = found.setdefault(key, value)
        if known is not value:
            evidence = tuple(dict.fromkeys(known.evidence + value.evidence))
            found[key] = replace(known, evidence=evidence, figures=tuple(dict.fromkeys(known.figures + value.figures)))
    return list(found.values())


def _label(known: _Known, claim: Claim, work: str) -> str:
    other = claim.object if claim.subject == work else claim.subject
    return known.labels.get(other, other)


def _value(known: _Known, claim: Claim, work: str) -> Value:
    """Return a claim as a value; what gives its figures is its first evidence."""
    other = claim.object if claim.subject == work else claim.subject
    given = {e: _figure(known, claim, e) for e in claim.evidence}
    evidence = tuple(sorted(claim.evidence, key=lambda e: not given[e]))
    found = tuple(dict.fromkeys(given[e] for e in evidence if given[e]))
    label = known.labels.get(other, other)
    return Value(label, other, claim.predicate, claim.denied, claim.confidence, found, evidence)


def _figure(known: _Known, claim: Claim, evidence: Evidence) -> str:
    """Return the figure that a sentence gives for a claim; the empty string for none, and for several.

    Which of several figures belongs to which of several works, nobody can tell. On a dataset, only the cell of a table
    is a score; a sentence may say anything.
    """
    if claim.predicate in {"outperforms", "comparedWith"}:
        found = figures_about(evidence.sentence, known.labels.get(claim.object, ""))
        return found[0] if len(found) == 1 else ""
    is_score = claim.predicate == "evaluatedOn" and is_score_alone(evidence.sentence)
    return figures(evidence.sentence)[0] if is_score else ""


def _idea(known: _Known, work: str) -> Iterator[Value]:
    """Yield what introduces a work: a sentence that says more than the title, else how it changes its parent."""
    claims = [c for c in known.claims[work] if not c.denied]
    introducing = [e for c in claims if c.predicate == "introduces" and c.object == work for e in c.evidence]
    names = {name for paper in known.papers[work] for name in known.titles.get(paper, ())}
    changing = [
        e
        for c in claims
        if c.predicate in {"extends", "improvesOn"} and c.subject == work
        for e in c.evidence
        if e.tier == "prose" and c.confidence >= _SURE
    ]
    label = known.labels.get(work, work).casefold()
    naming = [e for e in changing if label in e.sentence.casefold()]
    telling = [e for e in introducing if _says_more(e.sentence, names)] or naming or introducing or changing
    for evidence in telling[:1]:
        yield Value(evidence.sentence, confidence=evidence.confidence, evidence=(evidence,))


def _says_more(sentence: str, titles: Iterable[str]) -> bool:
    """Tell whether a sentence says something beside a title, and links and years around it."""
    rest = re.sub(r"https?://\S+|\[[^\]]{0,40}\]", " ", sentence)
    for title in sorted(titles, key=lambda t: (-len(t), t)):
        if fold(title) and fold(title) in fold(rest):
            place = rest.casefold().find(title.casefold())
            rest = rest[:place] + rest[place + len(title) :] if place >= 0 else ""
    if is_chinese(rest):
        return sum(map(is_chinese, rest)) >= _CHARACTERS
    return len(re.findall(r"[a-z]{2,}", rest)) >= _WORDS


def _years(known: _Known, work: str) -> Iterator[Value]:
    """Yield the years of the papers, each with a sentence that names it, or else with one that introduces the work."""
    for paper in known.papers[work]:
        ours = [c for c in known.claims[work] if paper in {c.subject, c.object} or work == paper]
        evidence = [e for c in sorted(ours, key=lambda c: c.predicate != "introduces") for e in c.evidence]
        for year in sorted({y[:4] for y in known.years.get(paper, ())}):
            naming = [e for e in evidence if year in _YEAR.findall(e.sentence)] or evidence
            yield Value(year, confidence=1.0, evidence=tuple(naming[:1]))


def _contests(known: _Known, works: Sequence[str]) -> Iterator[Contest]:
    """Yield what is claimed of two of the works together."""
    seen: set[tuple[str, Predicate, str]] = set()
    for work in works:
        for claim in known.claims[work]:
            key = (claim.subject, claim.predicate, claim.object)
            if claim.predicate in {"outperforms", "comparedWith"} and set(key[::2]) <= set(works) and key not in seen:
                seen.add(key)
                named = _datasets(known, claim)
                yield Contest(
                    claim.subject, claim.object, _value(known, claim, claim.subject), tuple(named), claim.metric
                )


def _datasets(known: _Known, claim: Claim) -> Iterator[str]:
    """Yield the datasets on which a contest was held: those that the claim or its sentences name."""
    places = [(e.note, e.start, e.end) for e in claim.evidence]
    found = {claim.dataset} - {""}
    for end in (claim.subject, claim.object):
        for other in known.claims.get(end, ()):
            if other.predicate == "evaluatedOn" and not other.denied:
                found |= {other.object for e in other.evidence if _inside(e, places)}
    yield from sorted(known.labels.get(iri, iri) for iri in found)


def _inside(evidence: Evidence, places: Iterable[tuple[str, int, int]]) -> bool:
    return any(evidence.note == note and evidence.start < end and start < evidence.end for note, start, end in places)
