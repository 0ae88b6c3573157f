"""How far a model is trusted: how often what it proposes and the notes prove turned out right on gold annotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import yaml

from papergraph.resources import read_resource

#: How often proposals of a model that nobody measured are taken to be right.
UNKNOWN = 0.75
#: A share counts as much as what it is drawn towards once so many proposals were judged.
STRENGTH = 15.0
#: No model is surer, or less sure, than this.
LEAST, MOST = 0.02, 0.98

#: How many proposals were right, and how many were judged.
Counts = tuple[float, float]
_NONE: Counts = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Trust:
    """How many proposals of one model were right, of those that gold judges."""

    names: Counts = _NONE
    """Names that no rule found."""
    agreed: Counts = _NONE
    """Claims that rules make of the same note too."""
    alone: Counts = _NONE
    """All other claims."""
    relations: Mapping[str, Counts] = field(default_factory=dict)
    """These by predicate."""

    def of_name(self) -> float:
        """Return how sure a name is, 0.02 to 0.98.

        >>> Trust().of_name(), Trust(names=(100, 100)).of_name()
        (0.75, 0.97)
        """
        return _rounded(_drawn(self.names, UNKNOWN))

    def of_claim(self, predicate: str, *, agreed: bool) -> float:
        """Return how sure a claim is, 0.02 to 0.98; never less where rules agree.

        >>> trust = Trust(agreed=(60, 60), alone=(30, 60), relations={"uses": (0, 15)})
        >>> trust.of_claim("uses", agreed=True), trust.of_claim("extends", agreed=False)
        (0.95, 0.55)
        >>> trust.of_claim("uses", agreed=False), Trust().of_claim("uses", agreed=False)
        (0.28, 0.75)
        """
        alone = _drawn(self.relations.get(predicate, _NONE), _drawn(self.alone, UNKNOWN))
        return _rounded(max(alone, _drawn(self.agreed, UNKNOWN)) if agreed else alone)


def _drawn(counts: Counts, towards: float) -> float:
    """Return a share, the nearer to `towards` the fewer were judged."""
    right, judged = counts
    return (right + STRENGTH * towards) / (judged + STRENGTH)


def _rounded(share: float) -> float:
    return round(min(max(share, LEAST), MOST), 2)


@cache
def trust_in(model: str) -> Trust:
    """Return what benchmarks/calibrate_model.py measured of a model; see data/propose/confidence.yaml.

    >>> trust_in("unheard-of") == Trust()
    True
    """
    rows = yaml.safe_load(read_resource("data/propose/confidence.yaml"))["models"] or {}
    return next((read_trust(row) for pattern, row in rows.items() if fnmatchcase(model, pattern)), Trust())


def read_trust(row: Mapping[str, Any]) -> Trust:
    """Return what a row of the file says.

    >>> read_trust({"alone": [3, 4], "relations": {"uses": [1, 2]}})
    Trust(names=(0.0, 0.0), agreed=(0.0, 0.0), alone=(3.0, 4.0), relations={'uses': (1.0, 2.0)})
    """
    relations = {name: _counts(found) for name, found in row.get("relations", {}).items()}
    names, agreed, alone = (_counts(row.get(key, _NONE)) for key in ("names", "agreed", "alone"))
    return Trust(names, agreed, alone, relations)


def _counts(found: Any) -> Counts:
    right, judged = map(float, found)
    return right, judged
