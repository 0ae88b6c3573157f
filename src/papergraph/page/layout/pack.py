"""Where discs go: none over another, related ones near each other, the whole compact and as wide as wished."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from papergraph.page.layout.arrays import Floats, Ints

#: How far discs may reach into each other, so that those of almost the same size can change places.
GIVE = 8.0
#: How much nearness to related discs counts, beside nearness to the middle.
_RELATED = 0.8
#: How often all discs change places where that helps, and are then put where they fit best.
_ROUNDS = 2
#: Spots looked at together; mostly one of the best is free.
_BATCH = 48
#: Steps in which the circle around all discs moves to its place.
_MOVES = 80


def pack(radii: Floats, ties: Floats, aspect: float = 1.0) -> Floats:
    """Return the centres of discs, close together around the origin; they reach into each other by `GIVE` at most.

    `ties[a, b]` says how related two discs are, `aspect` how wide the whole should be by its height.

    >>> pack(np.array([10.0, 6.0]), np.zeros((2, 2))).tolist()
    [[0.0, 0.0], [16.0, 0.0]]
    """
    shares = ties / np.maximum(ties.sum(1, keepdims=True), 1e-12)
    packing = _Packing(radii, shares, np.array([aspect**-0.5, aspect**0.5]), np.zeros((len(radii), 2)))
    order = _order(radii, shares)
    for done, disc in enumerate(order):
        if done:
            packing.put(disc, order[:done])
    for _ in range(_ROUNDS if len(radii) > 2 else 0):
        before = packing.centres.copy()
        for disc in order:
            packing.swap(disc)
        for disc in order[::-1]:
            packing.put(disc, order[order != disc], stay=True)
        if np.allclose(before, packing.centres):
            break
    return packing.centres


def _order(radii: Floats, shares: Floats) -> Ints:
    """Return the discs in the order in which they are put down: large ones first, and those related to them."""
    order: list[int] = []
    merits = radii / max(float(radii.max(initial=0.0)), 1e-9)
    for _ in range(len(radii)):
        order.append(int(merits.argmax()))
        merits = merits + (shares[:, order[-1]] + shares[order[-1]] / 3) / 2
        merits[order] = -np.inf
    return np.array(order, np.intp)


def find_spots(centres: Floats, radii: Floats, radius: float) -> Floats:
    """Return where a disc of `radius` touches two of the others, or the only other one; others may be in the way."""
    if len(radii) == 1:
        angles = np.arange(16) * math.pi / 8
        return np.asarray(centres + (radii[0] + radius) * np.stack((np.cos(angles), np.sin(angles)), 1), np.float64)
    squares = ((centres[:, None] - centres) ** 2).sum(-1)
    a, b = np.nonzero(np.triu(squares <= (radii[:, None] + radii + 2 * radius) ** 2, 1))
    apart, far, near = np.sqrt(squares[a, b]), radii[a] + radius, radii[b] + radius
    along = (apart**2 + far**2 - near**2) / (2 * apart)
    aside = np.sqrt(np.maximum(far**2 - along**2, 0.0))
    to = (centres[b] - centres[a]) / apart[:, None]
    foot = centres[a] + to * along[:, None]
    across = np.stack((-to[:, 1], to[:, 0]), 1) * aside[:, None]
    return np.concatenate((foot + across, foot - across))


def first_free(spots: Floats, costs: Floats, centres: Floats, reaches: Floats) -> Floats | None:
    """Return the spot of least cost that is at least its reach away from every centre; None if there is none."""
    rank = np.argsort(costs, kind="stable")
    for start in range(0, len(rank), _BATCH):
        some = spots[rank[start : start + _BATCH]]
        free = (((some[:, None] - centres) ** 2).sum(-1) >= (reaches - 1e-6) ** 2).all(1)
        if free.any():
            return np.asarray(some[int(free.argmax())], np.float64)
    return None


def enclosing_circle(centres: Floats, radii: Floats) -> tuple[Floats, float]:
    """Return centre and radius of a small circle around discs.

    It moves towards the disc that sticks out most, by less and less; see Badoiu and Clarkson (2003).
    """
    middle = centres.mean(0)
    for step in range(_MOVES):
        away = centres - middle
        apart = np.hypot(*away.T)
        furthest = int((apart + radii).argmax())
        edge = away[furthest] * (1 + radii[furthest] / max(float(apart[furthest]), 1e-9))
        middle = middle + edge / (step + 2)
    return middle, float((np.hypot(*(centres - middle).T) + radii).max())


@dataclass(slots=True)
class _Packing:
    """Discs that have been put down so far; `shares` are their ties, which add up to 1 for each."""

    radii: Floats
    shares: Floats
    squeeze: Floats
    centres: Floats

    def put(self, disc: int, others: Ints, *, stay: bool = False) -> None:
        """Put a disc on the free spot that is nearest to the middle and to what it is related to; it may `stay`."""
        at, reaches = self.centres[others], self.radii[others] + self.radii[disc]
        spots = find_spots(at, self.radii[others], self.radii[disc])
        if stay:
            spots = np.concatenate((self.centres[disc, None], spots))
        costs = np.hypot(*(spots * self.squeeze).T)
        related = np.flatnonzero(self.shares[disc, others])
        if len(related):
            ways = (spots[:, None] - at[related]) * self.squeeze
            costs = costs + _RELATED * (np.hypot(ways[..., 0], ways[..., 1]) @ self.shares[disc, others[related]])
        best = first_free(spots, costs, at, reaches - GIVE)
        if best is not None:
            self.centres[disc] = best

    def swap(self, disc: int) -> None:
        """Let a disc change places with the one of almost its size for which that brings related discs nearest."""
        ways = (self.centres[:, None] - self.centres) * self.squeeze
        apart = np.hypot(ways[..., 0], ways[..., 1])
        ties = self.shares + self.shares.T
        now = (ties * apart).sum(1)
        gains = now[disc] + now - ties[disc] @ apart - ties @ apart[disc] - 2 * ties[disc] * apart[disc]
        gains[np.abs(self.radii - self.radii[disc]) > GIVE] = 0.0
        for other in np.argsort(-gains, kind="stable"):
            if gains[other] <= 1e-6:
                return
            swapped = self.centres.copy()
            swapped[[disc, other]] = swapped[[other, disc]]
            if self._fits(disc, swapped) and self._fits(int(other), swapped):
                self.centres = swapped
                return

    def _fits(self, disc: int, centres: Floats) -> bool:
        apart = np.hypot(*(centres - centres[disc]).T)
        apart[disc] = np.inf
        return bool((apart >= self.radii + self.radii[disc] - GIVE).all())
