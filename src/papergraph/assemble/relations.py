"""From relation mentions to relations: every claim once, with all its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import NamedTuple

from papergraph.assemble.witness import witness
from papergraph.model import (
    Evidence,
    Extraction,
    Graph,
    NoteRecord,
    Polarity,
    Predicate,
    Problem,
    Relation,
    RelationMention,
    Resolution,
)
from papergraph.ontology.iri import evidence_iri, note_iri, statement_iri
from papergraph.ontology.terms import BASE, predicate_iri

#: No amount of evidence makes a claim certain.
_MOST = 0.99
#: How much a further witness counts: of claims with several, 0.88 were right where the full noisy-or said 0.96.
_FURTHER = 0.25
#: A claim that is less sure wins over no other.
ASSERTED = 0.5
#: What is said of a paper as a document, and never of the method in it.
_OF_PAPERS: frozenset[Predicate] = frozenset({"introduces", "affiliatedWith", "authoredBy", "hasTopic"})

_Key = tuple[str, Predicate, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation mention whose ends are entities."""

    key: _Key
    evidence: Evidence
    polarity: Polarity
    dataset: str = ""
    metric: str = ""


class Assembly(NamedTuple):
    """A graph, and what of the extractions could not become part of it."""

    graph: Graph
    left_out: tuple[Problem, ...] = ()
    """By place: claims that relate an entity to itself after merging, and those that contradict stronger evidence."""


def assemble(extractions: Sequence[Extraction], resolution: Resolution, *, base: str = BASE) -> Assembly:
    """Return the graph of all extractions; their order does not matter, and nothing is related to itself.

    A sentence copied into two notes, with other marks around it too, is two places of evidence but one witness. A claim
    that is read as positive and as negative takes the side with the stronger evidence, positive where both are equally
    strong, and keeps the other side's evidence as contradicting it. What is claimed of a paper and of the one method it
    introduces is claimed of the method.
    """
    claims: dict[_Key, list[Claim]] = defaultdict(list)
    problems: set[Problem] = set()
    for extraction, iris in zip(extractions, resolution.mention_entities, strict=True):
        for mention in extraction.relations:
            claim = _claim(extraction, mention, iris, base)
            if claim.key[0] == claim.key[2]:
                problems.add(_loop(extraction, mention))
            else:
                claims[claim.key].append(claim)
    _give_to_methods(claims, base)
    _keep_winners(claims)
    relations = sorted((_relation(key, found, base) for key, found in claims.items()), key=lambda r: r.iri)
    problems.update(p for found in claims.values() for p in _outweighed(found))
    notes = {e.path: NoteRecord(note_iri(e.path, base), e.path, e.sha256, e.encoding) for e in extractions}
    graph = Graph(resolution.entities, tuple(relations), tuple(sorted(notes.values(), key=lambda n: n.iri)))
    return Assembly(graph, tuple(sorted(problems, key=lambda p: (p.path, p.line, p.message))))


def _claim(extraction: Extraction, mention: RelationMention, iris: Sequence[str], base: str) -> Claim:
    key = iris[mention.subject], mention.predicate, iris[mention.object]
    evidence = Evidence(
        iri=evidence_iri(_statement(key, base), extraction.path, mention.sentence, mention.extractor, base),
        note=extraction.path,
        line=mention.line,
        start=mention.span.start,
        end=mention.span.end,
        sentence=mention.sentence,
        extractor=mention.extractor,
        tier=mention.tier,
        confidence=mention.confidence,
    )
    dataset = iris[mention.dataset] if mention.dataset >= 0 else ""
    return Claim(key, evidence, mention.polarity, dataset, mention.metric)


def _statement(key: _Key, base: str) -> str:
    subject, predicate, obj = key
    return statement_iri(subject, predicate_iri(predicate), obj, base)


def _loop(extraction: Extraction, mention: RelationMention) -> Problem:
    left, right = (extraction.mentions[i].surface for i in (mention.subject, mention.object))
    message = f"{left!r} {mention.predicate} {right!r} was left out: both names were merged into one entity"
    return Problem(extraction.path, message, mention.line, "left out")


def _give_to_methods(claims: dict[_Key, list[Claim]], base: str) -> None:
    """Move what is claimed of a paper to the one method that it introduces, where the same is claimed of the method."""
    methods = _only_methods(claims)
    for key in sorted(claims):
        paper, predicate, obj = key
        moved: _Key = (methods.get(paper, paper), predicate, obj)
        if predicate not in _OF_PAPERS and moved != key and moved in claims:
            claims[moved] += [_moved(claim, moved, base) for claim in claims.pop(key)]


def _keep_winners(claims: dict[_Key, list[Claim]]) -> None:
    """Drop that two things were compared where it is as sure as not that one of them is better."""
    won = [k for k, found in claims.items() if k[1] == "outperforms" and _polarity(found) == "positive"]
    for subject, predicate, obj in won:
        evidence = [c.evidence for c in _side(claims[subject, predicate, obj], "positive")]
        if combined_confidence(evidence) >= ASSERTED:
            claims.pop((subject, "comparedWith", obj), None)
            claims.pop((obj, "comparedWith", subject), None)


def _moved(claim: Claim, key: _Key, base: str) -> Claim:
    old = claim.evidence
    iri = evidence_iri(_statement(key, base), old.note, old.sentence, old.extractor, base)
    return replace(claim, key=key, evidence=replace(old, iri=iri))


def _only_methods(claims: Mapping[_Key, list[Claim]]) -> dict[str, str]:
    """Return for each paper that introduces exactly one thing what it introduces."""
    introduced: dict[str, set[str]] = defaultdict(set)
    for (subject, predicate, obj), found in claims.items():
        if predicate == "introduces" and _polarity(found) == "positive":
            introduced[subject].add(obj)
    return {paper: next(iter(things)) for paper, things in introduced.items() if len(things) == 1}


def _side(found: list[Claim], polarity: Polarity) -> list[Claim]:
    return [c for c in found if c.polarity == polarity]


def _polarity(found: list[Claim]) -> Polarity:
    positive, negative = (combined_confidence([c.evidence for c in _side(found, p)]) for p in ("positive", "negative"))
    return "negative" if negative > positive else "positive"


def _outweighed(found: list[Claim]) -> Iterator[Problem]:
    """Yield what the weaker side of a contradiction says, which the graph leaves out."""
    kept = _polarity(found)
    for claim in found:
        if claim.polarity != kept:
            message = f"was left out: it contradicts stronger evidence: {claim.evidence.sentence}"
            yield Problem(claim.evidence.note, message, claim.evidence.line, "left out")


def _relation(key: _Key, found: list[Claim], base: str) -> Relation:
    subject, predicate, obj = key
    polarity = _polarity(found)
    side = _side(found, polarity)
    return Relation(
        iri=_statement(key, base),
        subject=subject,
        predicate=predicate,
        object=obj,
        confidence=combined_confidence([c.evidence for c in side]),
        polarity=polarity,
        evidence=_unique(side),
        dataset=min((c.dataset for c in side if c.dataset), default=""),
        metric=min((c.metric for c in side if c.metric), default=""),
        contradicted=_unique(c for c in found if c.polarity != polarity),
    )


def _unique(claims: Iterable[Claim]) -> tuple[Evidence, ...]:
    """Return the evidence; one sentence read twice by one rule is one piece of it, at its first place."""
    unique: dict[str, Evidence] = {}
    for evidence in sorted((c.evidence for c in claims), key=lambda e: (e.start, -e.confidence, astuple(e))):
        unique.setdefault(evidence.iri, evidence)
    return tuple(sorted(unique.values(), key=lambda e: e.iri))


def combined_confidence(evidence: list[Evidence]) -> float:
    """Return how sure several pieces of evidence make a claim: noisy-or over distinct sentences, at most 0.99.

    The surest sentence counts in full, each further one as a quarter: rules err in the same way on many sentences.
    Two rules that read the same sentence are one witness, the surer of the two; so are copies of a sentence that differ
    in their marks, links, dates and tags only. A model is a witness of its own. Rounded to 4 places.
    """
    best: dict[tuple[str, bool], float] = {}
    for item in evidence:
        key = witness(item.sentence), item.tier == "model"
        best[key] = max(best.get(key, 0.0), item.confidence)
    surest, *others = sorted(best.values(), reverse=True) or [0.0]
    doubt = 1.0 - surest
    for confidence in others:
        doubt *= 1.0 - _FURTHER * confidence
    return round(min(_MOST, 1.0 - doubt), 4)
