"""Things around a centre: a tree seen from its root, and as many leaves as there may be, evenly spread over a disc."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from papergraph.page.layout.arrays import Floats, Ints
from papergraph.page.layout.links import Links

#: The angle from one seed of a sunflower to the next.
GOLDEN = math.pi * (3 - math.sqrt(5))
#: Seeds that are left out around the root, which is a hub and needs more room.
_AROUND_ROOT = 4


@dataclass(frozen=True, slots=True)
class Rays:
    """How far from the root each number is, in steps, and in which direction, in radians."""

    steps: Ints
    angles: Floats

    def points(self) -> Floats:
        """Return one point for each number, a unit apart from step to step."""
        around = np.stack((np.cos(self.angles), np.sin(self.angles)), 1)
        return np.asarray(self.steps[:, None] * around, np.float64)


def find_rays(links: Links) -> Rays:
    """Return a tree of shortest ways from the number with most neighbours, as wide in each direction as it is large.

    What cannot be reached from the root hangs from it as well.
    """
    order, above = _tree(links)
    sizes = [1] * links.count
    for node in reversed(order[1:]):
        sizes[above[node]] += sizes[node]
    steps, angles = np.zeros(links.count, np.intp), np.zeros(links.count)
    width, used = [2 * math.pi] * links.count, [0.0] * links.count
    for node in order[1:]:
        parent = above[node]
        width[node] = width[parent] * sizes[node] / max(1, sizes[parent] - 1)
        used[node] = used[parent]
        used[parent] += width[node]
        steps[node] = steps[parent] + 1
        angles[node] = used[node] + width[node] / 2
    return Rays(steps, angles)


def sunflower(rays: Rays, radius: float) -> Floats:
    """Return places that are evenly spread over a disc: the root in the middle, each further step in a ring around.

    Within a ring the order of the angles is kept.
    """
    turns = np.arange(len(rays.steps))
    turns[1:] += _AROUND_ROOT
    away, angles = radius * np.sqrt(turns / max(1, turns[-1])), turns * GOLDEN % (2 * math.pi)
    seeds = np.stack((away * np.cos(angles), away * np.sin(angles)), 1)
    points = np.empty_like(seeds)
    done = 0
    for step in range(int(rays.steps.max(initial=0)) + 1):
        ring = np.flatnonzero(rays.steps == step)
        ring = ring[np.argsort(rays.angles[ring], kind="stable")]
        points[ring] = seeds[done + np.argsort(angles[done : done + len(ring)], kind="stable")]
        done += len(ring)
    return points


def _tree(links: Links) -> tuple[list[int], list[int]]:
    """Return the numbers, each after the one above it, and for each the one above it, for the root itself."""
    around = links.neighbours()
    degrees = links.degrees()
    starts = np.argsort(-degrees, kind="stable").tolist()
    root = starts[0]
    above, order = [-1] * links.count, list[int]()
    for start in starts:
        if above[start] >= 0:
            continue
        above[start] = root
        reached = [start]
        for node in reached:
            for other, _ in around[node]:
                if above[other] < 0:
                    above[other] = node
                    reached.append(other)
        order += reached
    return order, above
