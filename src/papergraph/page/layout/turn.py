"""What is inside a disc, turned so that it looks to where it has links."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from papergraph.page.layout.arrays import Floats, Ints
from papergraph.page.layout.links import Links


@dataclass(frozen=True, slots=True)
class Crossings:
    """The links that leave a group, seen from inside."""

    inside: Ints
    outside: Ints
    weights: Floats


def find_crossings(links: Links, groups: Ints, count: int) -> list[Crossings]:
    """Return the links that leave each of `count` groups, to which the numbers belong as `groups` says."""
    inside = np.concatenate((links.left, links.right))
    outside = np.concatenate((links.right, links.left))
    weights = np.concatenate((links.weights, links.weights))
    leaves = np.flatnonzero(groups[inside] != groups[outside])
    leaves = leaves[np.argsort(groups[inside[leaves]], kind="stable")]
    bounds = np.searchsorted(groups[inside[leaves]], np.arange(count + 1))
    pieces = [leaves[a:b] for a, b in pairwise(bounds)]
    return [Crossings(inside[p], outside[p], weights[p]) for p in pieces]


def turn(points: Floats, near: Floats, ways: Floats) -> Floats:
    """Return points turned around the origin, and mirrored where that is better, so that `near` goes along `ways`.

    `near` are points that turn with the others, `ways` the vectors to where each should be, as long as that matters.

    >>> turn(np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]]), np.array([[0.0, 2.0]])).round().tolist()
    [[0.0, 1.0]]
    """
    along = _complex(ways)
    straight, mirrored = (_complex(near).conj() * along).sum(), (_complex(near) * along).sum()
    flip = abs(mirrored) > abs(straight) * (1 + 1e-9)
    factor = mirrored if flip else straight
    if abs(factor) < 1e-9:
        return points
    turned = (_complex(points).conj() if flip else _complex(points)) * (factor / abs(factor))
    return np.stack((turned.real, turned.imag), 1)


def ways_to(targets: Floats, centre: Floats, weights: Floats) -> Floats:
    """Return vectors from a centre towards targets, as long as the weights."""
    ways = targets - centre
    return np.asarray(ways * (weights / np.maximum(np.hypot(*ways.T), 1e-9))[:, None], np.float64)


def _complex(points: Floats) -> np.ndarray[tuple[int], np.dtype[np.complex128]]:
    return np.asarray(points[:, 0] + 1j * points[:, 1], np.complex128)
