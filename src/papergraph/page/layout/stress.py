"""Places at which things are as far from each other as their links say, by majorization of the stress."""

from __future__ import annotations

import numpy as np

from papergraph.page.layout.arrays import Floats
from papergraph.page.layout.links import Links

_STEPS = 40
#: How a link's length falls with its weight, and the bounds of that: what introduces a thing stands beside it.
_SHORTENS = -0.3
_SHORTEST, _LONGEST = 0.7, 2.5
#: How far what no chain of links joins is apart, by the longest chain.
_UNLINKED = 1.2


def chain_lengths(links: Links, room: Floats) -> Floats:
    """Return the length of the shortest chain of links between each two numbers, as a matrix.

    A link is as long as both ends need room, longer where it is weak.
    """
    stretch = np.clip(links.weights**_SHORTENS, _SHORTEST, _LONGEST)
    lengths = np.full((links.count, links.count), np.inf)
    lengths[links.left, links.right] = (room[links.left] + room[links.right]) * stretch
    lengths[links.right, links.left] = lengths[links.left, links.right]
    np.fill_diagonal(lengths, 0.0)
    for middle in range(links.count):
        np.minimum(lengths, lengths[:, middle, None] + lengths[None, middle], out=lengths)
    reached = np.isfinite(lengths)
    longest = max(float(lengths[reached].max()), 2 * float(room.max()))
    return np.where(reached, lengths, _UNLINKED * longest)


def relax(start: Floats, lengths: Floats) -> Floats:
    """Return places around the origin whose distances come near to `lengths`, all of them above 0 but the diagonal.

    What is near counts most. See Gansner, Koren and North, Graph Drawing by Stress Majorization (2004).
    """
    weights = 1.0 / np.maximum(lengths, 1e-9) ** 2
    np.fill_diagonal(weights, 0.0)
    pulls = weights * lengths
    solution = _inverse(np.diag(weights.sum(1)) - weights + weights.mean())
    points = start * (lengths.mean() / max(float(np.hypot(*start.T).mean()), 1e-9))
    for _ in range(_STEPS):
        x, y = points.T
        pull = pulls / np.maximum(np.hypot(x[:, None] - x, y[:, None] - y), 1e-6)
        points = _product(solution, pull.sum(1)[:, None] * points - _product(pull, points))
        # Errors of rounding differ between machines; left alone, they would decide where a symmetric shape gives way.
        points = np.round(points - points.mean(0), 6)
    return np.asarray(points, np.float64)


def _inverse(matrix: Floats) -> Floats:
    """Return the inverse of a symmetric positive definite matrix.

    That of LAPACK, like all products of BLAS, depends on the number of threads in its last digits.
    """
    inverse = matrix.copy()
    for n in range(len(inverse)):
        pivot, column = inverse[n, n], inverse[:, n].copy()
        row = inverse[n] / pivot
        inverse -= column[:, None] * row
        inverse[n], inverse[:, n] = row, -column / pivot
        inverse[n, n] = 1 / pivot
    return inverse


def _product(matrix: Floats, points: Floats) -> Floats:
    return np.asarray(np.einsum("ij,jk->ik", matrix, points), np.float64)
