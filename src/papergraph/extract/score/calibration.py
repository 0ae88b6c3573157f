"""From how sure a rule is, as its author said, to how often it is right, as gold annotations say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.word_lists import read_lists
from papergraph.model import RelationMention


def calibrate_claims(context: Context) -> Iterator[RelationMention]:
    """Yield each claim with the share of claims of its rule's confidence that are right."""
    for relation in context.relations:
        yield replace(relation, confidence=calibrate(relation.confidence))


@cache
def calibrate(said: float) -> float:
    """Return the confidence of a claim by a rule that is `said` sure, 0 to 1; see data/patterns/calibration.yaml.

    >>> calibrate(0.9) > calibrate(0.6), calibrate(0.0), calibrate(1.0)
    (True, 0.0, 1.0)
    """
    lists = read_lists("calibration")
    xs, ys = [float(x) for x in lists["said"]], [float(y) for y in lists["is"]]
    right = min(max(bisect_right(xs, said), 1), len(xs) - 1)
    share = (said - xs[right - 1]) / (xs[right] - xs[right - 1])
    return round(ys[right - 1] + share * (ys[right] - ys[right - 1]), 2)
