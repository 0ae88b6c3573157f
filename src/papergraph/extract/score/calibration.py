"""From how sure a rule is, as its author said, to how often it is right, as gold annotations say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal

from papergraph.extract.context import Context
from papergraph.extract.word_lists import read_lists
from papergraph.model import RelationMention

#: What a rule goes by: structure, a sentence that names its subject, or one whose subject the discourse tells.
Family = Literal["structure", "written", "inferred"]
FAMILIES: tuple[Family, ...] = ("structure", "written", "inferred")
#: A rule counts as much as its family once so many of its claims were judged.
STRENGTH = 15.0
#: No rule is surer, or less sure, than this; only one that is not sure at all says 0.
LEAST, MOST = 0.02, 0.98


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often claims were right, of each family and of each rule."""

    curves: Mapping[Family, Sequence[tuple[float, float]]]
    """Points from how sure rules of a family are to how often they are right; neither falls from one to the next."""
    rules: Mapping[tuple[str, float], tuple[float, float]] = field(default_factory=dict)
    """For each rule, in a case where it is so sure, how many claims were right and how many were judged."""

    def confidence(self, rule: str, family: Family, said: float) -> float:
        """Return how often a rule is right, 0 to 0.98: its own share, drawn towards that of its family.

        >>> one = Calibration({"structure": ((0.0, 0.0), (1.0, 1.0))}, {("chain", 0.8): (0, 15)})
        >>> one.confidence("chain", "structure", 0.8), one.confidence("table", "structure", 0.8)
        (0.4, 0.8)
        """
        expected = height_at(self.curves[family], said)
        right, judged = self.rules.get((rule, round(said, 2)), (0.0, 0.0))
        share = (right + STRENGTH * expected) / (judged + STRENGTH)
        return round(min(max(share, LEAST), MOST), 2) if said > 0 else 0.0


def calibrate_claims(context: Context) -> Iterator[RelationMention]:
    """Yield each claim with the share of claims of its rule and family that are right."""
    for claim in context.relations:
        yield replace(claim, confidence=_calibrated(claim.extractor, family_of(claim), claim.confidence))


@lru_cache(maxsize=4096)
def _calibrated(rule: str, family: Family, said: float) -> float:
    return read_calibration().confidence(rule, family, said)


def family_of(claim: RelationMention) -> Family:
    """Return the family of a claim."""
    if claim.tier == "structure":
        return "structure"
    return "inferred" if claim.inferred else "written"


@cache
def read_calibration() -> Calibration:
    """Return what benchmarks/calibrate.py measured; see data/patterns/calibration.yaml."""
    lists = read_lists("calibration")
    curves: dict[Family, tuple[tuple[float, float], ...]] = {}
    for family in FAMILIES:
        points = lists["families"][family]
        curves[family] = tuple(zip(map(float, points["said"]), map(float, points["is"]), strict=True))
    rules = {}
    for key, (right, judged) in lists["rules"].items():
        name, said = key.rsplit(" ", 1)
        rules[name, float(said)] = (float(right), float(judged))
    return Calibration(curves, rules)


def height_at(points: Sequence[tuple[float, float]], said: float) -> float:
    """Return the height at `said` of the line through points.

    >>> height_at(((0.0, 0.0), (1.0, 0.5)), 0.5)
    0.25
    """
    xs = [x for x, _ in points]
    right = min(max(bisect_right(xs, said), 1), len(xs) - 1)
    (x0, y0), (x1, y1) = points[right - 1], points[right]
    return y0 + (said - x0) / (x1 - x0) * (y1 - y0)
