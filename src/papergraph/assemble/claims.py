"""One relation mention whose ends are entities, under what it claims."""

from __future__ import annotations

from dataclasses import dataclass, replace

from papergraph.model import Evidence, Polarity, Predicate
from papergraph.ontology.iri import evidence_iri, statement_iri
from papergraph.ontology.terms import predicate_iri

Key = tuple[str, Predicate, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation mention whose ends are entities."""

    key: Key
    evidence: Evidence
    polarity: Polarity
    dataset: str = ""
    metric: str = ""
    stated: Key | None = None
    """What it claimed before it was given to the method of a paper, if it was."""


def statement_of(key: Key, base: str) -> str:
    """Return the IRI of what a key claims."""
    subject, predicate, obj = key
    return statement_iri(subject, predicate_iri(predicate), obj, base)


def reworded(claim: Claim, key: Key, base: str, *, extractor: str = "", confidence: float | None = None) -> Claim:
    """Return a claim of something else from the same sentence, by another rule or with another confidence if given."""
    old = claim.evidence
    name = extractor or old.extractor
    evidence = replace(
        old,
        iri=evidence_iri(statement_of(key, base), old.note, old.sentence, name, base),
        extractor=name,
        confidence=old.confidence if confidence is None else confidence,
    )
    return replace(claim, key=key, evidence=evidence, stated=claim.stated or claim.key)
