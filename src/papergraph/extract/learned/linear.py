"""Linear models: each label is as likely as the weights of the features say that are there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from papergraph.errors import ConfigError
from papergraph.resources import read_resource

#: The feature that is always there.
BIAS = "*"
#: Beyond this the exponential function says nothing more, and below it would overflow.
_FAR = 30.0


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of features, for each label; a logistic regression of each label against all else."""

    labels: tuple[str, ...]
    weights: Mapping[str, Mapping[str, float]]
    """For each feature the labels that it speaks for (above 0) or against; features that say nothing are left out."""

    def scores(self, features: Mapping[str, float], labels: Iterable[str] = ()) -> dict[str, float]:
        """Return the probability of each label, 0 to 1, for features with how strongly each is there.

        >>> one = LinearModel(("uses",), {BIAS: {"uses": -1.0}, "with": {"uses": 3.0}})
        >>> round(one.scores({})["uses"], 2), round(one.scores({"with": 1.0})["uses"], 2)
        (0.27, 0.88)
        """
        weights = self.weights
        known = [(strength, weights[feature]) for feature, strength in features.items() if feature in weights]
        known.insert(0, (1.0, weights.get(BIAS, {})))
        return {label: _probability(known, label) for label in labels or self.labels}


def _probability(known: Iterable[tuple[float, Mapping[str, float]]], label: str) -> float:
    total = 0.0
    for strength, weights in known:
        if label in weights:
            total += strength * weights[label]
    return 1 / (1 + math.exp(-max(-_FAR, min(_FAR, total))))


@cache
def read_model(name: str) -> LinearModel:
    """Return the model of `data/models/NAME.tsv`: a line of labels, then a line for each feature with its weights.

    Raises:
        ConfigError: if the file is missing, or a line has not a number or nothing for each label.
    """
    path = f"data/models/{name}.tsv"
    lines = enumerate(read_resource(path).splitlines(), 1)
    rows = [(number, line.split("\t")) for number, line in lines if line and not line.startswith("# ")]
    if not rows:
        raise ConfigError(f"{path}: is empty; train the model anew")
    _, (_, *labels) = rows[0]
    weights: dict[str, dict[str, float]] = {}
    for number, (feature, *cells) in rows[1:]:
        try:
            weights[feature] = {label: float(cell) for label, cell in zip(labels, cells, strict=True) if cell}
        except ValueError as error:
            raise ConfigError(f"{path}:{number}: {len(labels)} weights expected; train the model anew") from error
    return LinearModel(tuple(labels), weights)
