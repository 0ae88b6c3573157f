"""Louvain's method: groups that have more links inside than chance would give them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence

import numpy as np

from papergraph.page.layout.arrays import Ints
from papergraph.page.layout.links import Links, Neighbours

#: A prime that scatters the numbers, so that neighbours in the order of IRIs are not looked at one after the other.
_SCATTER = 2_654_435_761
#: Looks at each thing on average, after which a level is good enough: hubs can keep their leaves moving for long.
_LOOKS = 40
#: Gains below this are errors of rounding.
_LEAST_GAIN = 1e-9


def find_groups(links: Links, resolution: float = 1.0) -> Ints:
    """Return for each number the group that it is in, counted from 0; a higher resolution gives smaller groups.

    The same links give the same groups, on every machine. See Blondel and others, Fast unfolding of communities in
    large networks (2008); things are looked at again only when a neighbour moved, as Traag and others do (2019).
    """
    groups = np.arange(links.count)
    if not len(links.weights):
        return groups
    resolution /= 2 * float(links.weights.sum())
    around, inner = links.neighbours(), [0.0] * links.count
    while True:
        labels = _moved(around, inner, resolution, range(len(around)))
        names, found = np.unique(labels, return_inverse=True)
        if len(names) == len(labels):
            break
        groups = found[groups]
        around, inner = _merged(around, inner, found.tolist(), len(names))
    # Things that went along with others can now choose for themselves.
    labels = _moved(links.neighbours(), [0.0] * links.count, resolution, groups.tolist())
    return np.unique(labels, return_inverse=True)[1]


def _moved(around: Sequence[Neighbours], inner: Sequence[float], resolution: float, start: Sequence[int]) -> list[int]:
    """Return the labels of things after each took, as often as it gains by it, the best label of its neighbours."""
    count = len(around)
    strengths = [inside + sum(weight for _, weight in links) for inside, links in zip(inner, around, strict=True)]
    labels, sums = list(start), [0.0] * count
    for label, strength in zip(labels, strengths, strict=True):
        sums[label] += strength
    queue = deque(sorted(range(count), key=lambda n: (n * _SCATTER % 2**32, n)))
    waiting = [True] * count
    for _ in range(_LOOKS * count):
        if not queue:
            break
        thing = queue.popleft()
        waiting[thing] = False
        before, strength = labels[thing], strengths[thing]
        pulls: defaultdict[int, float] = defaultdict(float)
        for other, weight in around[thing]:
            pulls[labels[other]] += weight
        sums[before] -= strength
        cost = strength * resolution
        best, gain = before, pulls[before] - cost * sums[before] + _LEAST_GAIN
        for label, pull in pulls.items():
            if pull - cost * sums[label] > gain:
                best, gain = label, pull - cost * sums[label]
        sums[best] += strength
        if best != before:
            labels[thing] = best
            for other, _ in around[thing]:
                if labels[other] != best and not waiting[other]:
                    waiting[other] = True
                    queue.append(other)
    return labels


def _merged(
    around: Sequence[Neighbours], inner: Sequence[float], groups: Sequence[int], count: int
) -> tuple[list[Neighbours], list[float]]:
    """Return the links between groups, and the weight inside each, counted from both ends."""
    between: list[defaultdict[int, float]] = [defaultdict(float) for _ in range(count)]
    inside = [0.0] * count
    for thing, links in enumerate(around):
        group = groups[thing]
        inside[group] += inner[thing]
        for other, weight in links:
            if groups[other] == group:
                inside[group] += weight
            else:
                between[group][groups[other]] += weight
    return [list(found.items()) for found in between], inside
