"""From relation mentions to relations: every claim once, with all its evidence."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from papergraph.iri import evidence_iri, note_iri, statement_iri
from papergraph.model import Evidence, Extraction, Graph, NoteRecord, Predicate, Relation, RelationMention, Resolution
from papergraph.terms import BASE, predicate_iri

#: No amount of evidence makes a claim certain.
_MOST = 0.99

_Key = tuple[str, Predicate, str]


def assemble(extractions: Sequence[Extraction], resolution: Resolution, *, base: str = BASE) -> Graph:
    """Return the graph of all extractions; their order does not matter, and nothing is related to itself.

    The same sentence copied into two notes is two places of evidence but one witness. A claim that is read as positive
    and as negative takes the side with the stronger evidence, and keeps only that side's evidence.
    """
    claims: dict[_Key, list[tuple[Evidence, RelationMention, str]]] = defaultdict(list)
    for extraction, iris in zip(extractions, resolution.mention_entities, strict=True):
        for mention in extraction.relations:
            subject, obj = iris[mention.subject], iris[mention.object]
            if subject == obj:
                continue
            statement = statement_iri(subject, predicate_iri(mention.predicate), obj, base)
            dataset = iris[mention.dataset] if mention.dataset >= 0 else ""
            evidence = _evidence(statement, extraction, mention, base)
            claims[subject, mention.predicate, obj].append((evidence, mention, dataset))
    relations = tuple(sorted((_relation(key, found, base) for key, found in claims.items()), key=lambda r: r.iri))
    notes = {e.path: NoteRecord(note_iri(e.path, base), e.path, e.sha256, e.encoding) for e in extractions}
    return Graph(resolution.entities, relations, tuple(sorted(notes.values(), key=lambda n: n.iri)))


def _evidence(statement: str, extraction: Extraction, mention: RelationMention, base: str) -> Evidence:
    return Evidence(
        iri=evidence_iri(statement, extraction.path, mention.sentence, mention.extractor, base),
        note=extraction.path,
        line=mention.line,
        start=mention.span.start,
        end=mention.span.end,
        sentence=mention.sentence,
        extractor=mention.extractor,
        tier=mention.tier,
        confidence=mention.confidence,
    )


def _relation(key: _Key, found: list[tuple[Evidence, RelationMention, str]], base: str) -> Relation:
    subject, predicate, obj = key
    sides = {polarity: [f for f in found if f[1].polarity == polarity] for polarity in ("positive", "negative")}
    strengths = {polarity: combined_confidence([e for e, _, _ in side]) for polarity, side in sides.items()}
    polarity = "negative" if strengths["negative"] > strengths["positive"] else "positive"
    side = sides[polarity]
    # One sentence read twice by one rule is one piece of evidence, at its first place.
    unique: dict[str, Evidence] = {}
    for evidence, _, _ in sorted(side, key=lambda f: (f[0].start, -f[0].confidence)):
        unique.setdefault(evidence.iri, evidence)
    return Relation(
        iri=statement_iri(subject, predicate_iri(predicate), obj, base),
        subject=subject,
        predicate=predicate,
        object=obj,
        confidence=strengths[polarity],
        polarity="negative" if polarity == "negative" else "positive",
        evidence=tuple(sorted(unique.values(), key=lambda e: e.iri)),
        dataset=min((d for _, _, d in side if d), default=""),
        metric=min((m.metric for _, m, _ in side if m.metric), default=""),
    )


def combined_confidence(evidence: list[Evidence]) -> float:
    """Return how sure several pieces of evidence make a claim: noisy-or over distinct sentences, at most 0.99.

    Two rules that read the same sentence are one witness, the surer of the two. Rounded to 4 places.
    """
    best: dict[str, float] = {}
    for item in evidence:
        key = " ".join(unicodedata.normalize("NFKC", item.sentence).split())
        best[key] = max(best.get(key, 0.0), item.confidence)
    doubt = 1.0
    for confidence in sorted(best.values()):
        doubt *= 1.0 - confidence
    return round(min(_MOST, 1.0 - doubt), 4)
