"""Corrections as annotations of a part: of the claims that people decided on, how many rules had right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from papergraph.assemble.tally import combined_confidence
from papergraph.correction import OF_CLAIMS, CorrectionOutcome
from papergraph.quality.evaluate import Score

_ALL = "all"


@dataclass(frozen=True, slots=True)
class JudgedClaims:
    """Scores of the claims that corrections are about; people look at doubtful claims first, so they are no sample."""

    predicates: tuple[Score, ...]
    """By the predicate that the rules read; an added claim that no rule finds is missed."""
    rules: tuple[Score, ...]
    """By rule; a claim counts for each rule that states it."""
    bands: tuple[Score, ...]
    """By the confidence that the rules give the claim."""
    total: Score


def judge_claims(outcomes: Iterable[CorrectionOutcome]) -> JudgedClaims:
    """Return the scores of claims by what people decided: accepted is right, rejected and changed is wrong.

    Corrections that no longer find their claim do not count.
    """
    predicates: Counter[tuple[str, str]] = Counter()
    rules: Counter[tuple[str, str]] = Counter()
    bands: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        row = outcome.correction
        if row.decision not in OF_CLAIMS or outcome.state != "applied":
            continue
        if not outcome.judged:
            predicates[row.predicate, "missed"] += 1
            continue
        verdict = "right" if row.decision in {"accept", "add"} else "wrong"
        predicates[row.predicate, verdict] += 1
        bands[_band(combined_confidence(outcome.judged)), verdict] += 1
        rules.update((rule, verdict) for rule in {e.extractor for e in outcome.judged})
    counts = [
        sum(n for (_, said), n in predicates.items() if said == verdict) for verdict in ("right", "wrong", "missed")
    ]
    return JudgedClaims(_scores(predicates), _scores(rules), _scores(bands), Score(_ALL, *counts))


def _band(confidence: float) -> str:
    """Return the tenth that a confidence lies in.

    >>> _band(0.84), _band(1.0)
    ('0.8-0.9', '0.9-1.0')
    """
    tenth = min(9, int(confidence * 10 + 1e-9))
    return f"{tenth / 10:.1f}-{(tenth + 1) / 10:.1f}"


def _scores(counts: Counter[tuple[str, str]]) -> tuple[Score, ...]:
    names = sorted({name for name, _ in counts})
    return tuple(Score(n, counts[n, "right"], counts[n, "wrong"], counts[n, "missed"]) for n in names)
