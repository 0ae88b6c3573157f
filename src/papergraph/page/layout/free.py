"""Free places on a map that is there already: for a thing in a region, and for a new region."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from papergraph.page.layout.arrays import Floats
from papergraph.page.layout.discs import GAP, MARGIN, PART_GAP
from papergraph.page.layout.pack import find_spots, first_free
from papergraph.page.layout.regions import Region
from papergraph.page.layout.sunflower import GOLDEN

#: Map units to the nearest other thing: what is looked for first, what does, and what must be.
_WIDE, _NEAR, _NEAREST = 42.0, 32.0, 27.0
#: From the edge of a region to the things in it.
_EDGE = 20.0
#: How far apart the places are that are tried, and by how much a full region grows at a time.
_STEP = 13.0
_GROWTH = 20.0
_BATCHES = (60, 600)
_MOST_TRIED = 20_000


def find_place(wanted: Floats, regions: Sequence[Region], home: int, others: Floats) -> Floats:
    """Return a free place near the wanted one, in whole units, in the region `home`.

    The region may have to grow for it: first as far as there is nothing else, and in the end beyond that.
    """
    region = regions[home]
    radius = float(region.radius)
    for apart in (_WIDE, _NEAR):
        found = _try(wanted, region, radius, apart, others)
        if found is not None:
            return found
    radius = max(radius, _reach(regions, home))
    for apart in (_NEAR, _NEAREST):
        found = _try(wanted, region, radius, apart, others)
        if found is not None:
            return found
    while found is None:
        radius += _GROWTH
        found = _try(wanted, region, radius, _NEAREST, others)
    return found


def grow_around(regions: list[Region], home: int, place: Floats) -> None:
    """Let a region, and the one that encloses it, grow so far that they hold a place."""
    region = regions[home]
    radius = math.ceil(math.hypot(place[0] - region.x, place[1] - region.y) + _EDGE)
    if radius > region.radius:
        regions[home] = replace(region, radius=radius)
        if region.parent >= 0:
            outer = regions[region.parent]
            needed = math.ceil(math.hypot(region.x - outer.x, region.y - outer.y) + radius + MARGIN)
            regions[region.parent] = replace(outer, radius=max(outer.radius, needed))


def _reach(regions: Sequence[Region], home: int) -> float:
    """Return the radius that a region may have without coming too near to those beside it, or leaving its parent."""
    region = regions[home]
    gap = (PART_GAP if region.parent >= 0 else GAP) / 2
    reach = 2.0 * region.radius
    for number, other in enumerate(regions):
        apart = math.hypot(region.x - other.x, region.y - other.y)
        if number == region.parent:
            reach = min(reach, other.radius - apart - MARGIN)
        elif number != home and other.parent == region.parent:
            reach = min(reach, apart - other.radius - gap)
    return reach


def find_ground(radius: float, ties: Floats, regions: Sequence[Region], bottom: float) -> Floats:
    """Return the centre of a free spot for a new region, near what it is tied to, and no further down than `bottom`.

    `regions` are those that no other encloses, `ties` the weights of the links to each of them.
    """
    if not regions:
        return np.array([0.0, min(0.0, bottom - radius)])
    centres = np.array([(r.x, r.y) for r in regions], np.float64)
    radii = np.array([r.radius for r in regions]) + GAP / 2
    spots = find_spots(centres, radii, radius + GAP / 2)
    spots = spots[spots[:, 1] + radius <= bottom]
    shares = ties / max(float(ties.sum()), 1e-12)
    ways = spots[:, None] - centres
    costs = np.hypot(ways[..., 0], ways[..., 1]) @ (shares + 1 / len(regions))
    found = first_free(spots, costs, centres, radii + radius + GAP / 2)
    if found is not None:
        return found
    right = float((centres[:, 0] + radii).max()) + GAP / 2 + radius
    return np.array([right, min(float(centres[:, 1].mean()), bottom - radius)])


def _try(wanted: Floats, region: Region, radius: float, apart: float, others: Floats) -> Floats | None:
    """Return the free place nearest to the wanted one, `apart` from the others, inside a region of a radius."""
    centre = np.array([region.x, region.y], np.float64)
    edge = max(radius - _EDGE, 0.0)
    near = others[(np.abs(others - centre) < edge + apart).all(1)]
    way = wanted - centre
    start = centre + way * min(1.0, edge / max(math.hypot(*way), 1e-9))
    whole = min(math.ceil((2 * edge / _STEP) ** 2) + 1, _MOST_TRIED)
    for first, last in pairwise((0, *(b for b in _BATCHES if b < whole), whole)):
        turns = np.arange(first, last)
        around = np.stack((np.cos(turns * GOLDEN), np.sin(turns * GOLDEN)), 1)
        tried = np.rint(start + around * (_STEP * np.sqrt(turns))[:, None])
        free = ((tried - centre) ** 2).sum(1) <= edge**2
        free[free] = (((tried[free, None] - near) ** 2).sum(-1) >= apart**2).all(1)
        if free.any():
            return np.asarray(tried[int(free.argmax())], np.float64)
    return None
