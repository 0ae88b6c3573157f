"""A map that grows: everything stays where it was, and what is new finds a place among it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from papergraph.model import Graph
from papergraph.page.layout.arrays import Flags, Floats, Ints
from papergraph.page.layout.communities import Community, find_communities
from papergraph.page.layout.discs import GAP, make_disc, turn_discs
from papergraph.page.layout.free import find_ground, find_place, grow_around
from papergraph.page.layout.inside import rooms
from papergraph.page.layout.keep import Kept
from papergraph.page.layout.links import Links, Neighbours, find_components
from papergraph.page.layout.regions import Region
from papergraph.page.layout.shelf import SMALLEST_REGION
from papergraph.page.layout.sketch import Sketch

#: Members from which on a community of newcomers may have a region of its own although it has links to old ones.
_SETTLERS = 12


def grow_sketch(graph: Graph, links: Links, kept: Kept) -> Sketch | None:
    """Return the map as it was kept, with what is new; None if too little of the graph is known to go on from it."""
    sketch = _remembered(graph, kept)
    linked = links.degrees() > 0
    if not sketch.settled.any() or 2 * (sketch.settled & linked).sum() < linked.sum():
        return None
    newcomers = _newcomers(links, sketch)
    if (sketch.settled & (sketch.homes < 0)).any():
        sketch.shelf = kept.shelf
    _found_regions(links, sketch, newcomers)
    _join_regions(links, sketch, newcomers)
    return sketch


def _remembered(graph: Graph, kept: Kept) -> Sketch:
    """Return the kept map of what is still there; a region that lost most of its members loses its name."""
    sketch = Sketch.empty(len(graph.entities))
    for number, entity in enumerate(graph.entities):
        if entity.iri in kept.places:
            x, y, sketch.homes[number] = kept.places[entity.iri]
            sketch.places[number] = x, y
            sketch.settled[number] = True
    before = _sizes(np.array([home for _, _, home in kept.places.values()], np.intp), kept.regions)
    now = _sizes(sketch.homes, kept.regions)
    numbers = {-1: -1}
    for number, region in enumerate(kept.regions):
        if now[number]:
            numbers[number] = len(sketch.regions)
            name = region.name if 2 * now[number] >= before[number] else ""
            sketch.regions.append(replace(region, name=name, parent=numbers[region.parent]))
    sketch.homes = np.array([numbers[home] for home in sketch.homes.tolist()], np.intp)
    return sketch


def _sizes(homes: Ints, regions: Sequence[Region]) -> list[int]:
    """Return how many things stand in each region or in one that it encloses."""
    sizes: list[int] = np.bincount(homes[homes >= 0], minlength=len(regions)).tolist()
    for number in reversed(range(len(regions))):
        if regions[number].parent >= 0:
            sizes[regions[number].parent] += sizes[number]
    return sizes


def _newcomers(links: Links, sketch: Sketch) -> Flags:
    """Return what is to find a place on the map; what stood on the shelf gives up its place there."""
    newcomers = np.zeros(links.count, np.bool_)
    for component in find_components(links):
        homeless = sketch.homes[component] < 0
        if len(component) >= SMALLEST_REGION or not homeless.all():
            newcomers[np.array(component)[homeless]] = True
    newcomers &= links.degrees() > 0
    sketch.settled &= ~newcomers
    return newcomers


def _found_regions(links: Links, sketch: Sketch, newcomers: Flags) -> None:
    """Give regions of their own to communities of newcomers that have little to do with what is there."""
    room = rooms(links.degrees())
    bottom = math.inf if sketch.shelf is None else sketch.shelf - GAP
    for community in find_communities(links, np.flatnonzero(newcomers)):
        if _stands_alone(links, sketch, community):
            disc = make_disc(links, community, room)
            outer = [n for n, r in enumerate(sketch.regions) if r.parent < 0]
            ties = _ties(links, sketch, community, outer)
            disc.move(find_ground(disc.radius, ties, [sketch.regions[n] for n in outer], bottom))
            present = sketch.settled.copy()
            present[disc.members] = True
            turn_discs(links.only(present), [disc], sketch.places)
            sketch.add([disc])


def _ties(links: Links, sketch: Sketch, community: Community, outer: Sequence[int]) -> Floats:
    """Return the weight of the links from a community to each of the outer regions with what they enclose."""
    numbers = {region: n for n, region in enumerate(outer)}
    groups = [numbers[n if r.parent < 0 else r.parent] for n, r in enumerate(sketch.regions)]
    grouped = np.array([*groups, -1], np.intp)[sketch.homes]
    grouped[community.members] = len(outer)
    return links.between(grouped, len(outer) + 1)[-1, :-1]


def _stands_alone(links: Links, sketch: Sketch, community: Community) -> bool:
    """Tell whether a community of newcomers is more tied to itself than to any region."""
    mine = np.zeros(links.count, np.bool_)
    mine[community.members] = True
    a, b = mine[links.left], mine[links.right]
    homes = np.where(a, sketch.homes[links.right], sketch.homes[links.left])
    outward = (a != b) & (homes >= 0)
    attached = np.bincount(homes[outward], links.weights[outward], minlength=1).max()
    if not attached:
        return True
    return len(community.members) >= _SETTLERS and bool(attached < links.weights[a & b].sum())


def _join_regions(links: Links, sketch: Sketch, newcomers: Flags) -> None:
    """Place the other newcomers beside their neighbours, from those of settled things outwards."""
    around = links.neighbours()
    waiting = [n for n in np.flatnonzero(newcomers).tolist() if not sketch.settled[n]]
    while chosen := {n: home for n in waiting if (home := _closest_region(around[n], sketch)) >= 0}:
        for n, home in chosen.items():
            _settle(n, home, around[n], sketch)
        waiting = [n for n in waiting if n not in chosen]


def _closest_region(around: Neighbours, sketch: Sketch) -> int:
    """Return the region that most of the weight of a thing's links goes to; -1 for none."""
    weights: defaultdict[int, float] = defaultdict(float)
    for other, weight in around:
        weights[int(sketch.homes[other])] += weight
    weights.pop(-1, None)
    return min(weights, key=lambda home: (-weights[home], home), default=-1)


def _settle(number: int, home: int, around: Neighbours, sketch: Sketch) -> None:
    """Place a thing in a region, near those of its neighbours that stand there."""
    beside = [(other, weight) for other, weight in around if sketch.homes[other] == home]
    wanted = np.average(sketch.places[[n for n, _ in beside]], axis=0, weights=[w for _, w in beside])
    place = find_place(wanted, sketch.regions, home, sketch.places[sketch.settled])
    sketch.places[number] = place
    sketch.homes[number] = home
    sketch.settled[number] = True
    grow_around(sketch.regions, home, place)
