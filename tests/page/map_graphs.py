"""Graphs for tests of the map: plain shapes, whose entities are numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from papergraph.model import Entity, EntityType, Graph, Predicate, Relation
from papergraph.page.layout import Layout

#: Map units that there must be between any two things.
LEAST = 26


def iri(number: int) -> str:
    return f"https://x.org/{number:06d}"


def graph_of(
    count: int | Iterable[int],
    pairs: Iterable[tuple[int, int]] = (),
    predicate: Predicate = "uses",
    types: Mapping[int, EntityType] | None = None,
    labels: Mapping[int, str] | None = None,
) -> Graph:
    """A graph of entities with these numbers, related by `predicate` as the pairs say."""
    numbers = range(count) if isinstance(count, int) else sorted(count)
    entities = tuple(
        Entity(iri(n), (types or {}).get(n, "Method"), (labels or {}).get(n, f"Thing {n}")) for n in numbers
    )
    return Graph(entities, tuple(relation(a, predicate, b, n) for n, (a, b) in enumerate(pairs)))


def relation(subject: int, predicate: Predicate, thing: int, number: int = 0) -> Relation:
    return Relation(f"https://x.org/st/{number:06d}-{predicate}", iri(subject), predicate, iri(thing), 0.9)


def clique(members: Iterable[int]) -> list[tuple[int, int]]:
    members = list(members)
    return [(a, b) for a in members for b in members if a < b]


def cliques(count: int, size: int) -> list[tuple[int, int]]:
    """Pairs of so many groups, without a link between them."""
    return [pair for n in range(count) for pair in clique(range(n * size, (n + 1) * size))]


def apart(layout: Layout, a: int, b: int) -> float:
    return math.dist(layout.places[a], layout.places[b])


def least_distance(layout: Layout) -> float:
    """The distance of the two things that are nearest to each other."""
    places = sorted(layout.places)
    least = math.inf
    for n, (x, y) in enumerate(places):
        for other in places[n + 1 :]:
            if other[0] - x >= least:
                break
            least = min(least, math.dist((x, y), other))
    return least


def check_map(layout: Layout, count: int) -> None:
    """Check what holds of every map: nothing stands too close, everything in its region, no region over another."""
    assert len(layout.places) == len(layout.homes) == count
    assert least_distance(layout) >= LEAST
    for place, home in zip(layout.places, layout.homes, strict=True):
        if home >= 0:
            region = layout.regions[home]
            assert math.dist(place, (region.x, region.y)) <= region.radius
            assert region.y + region.radius <= layout.shelf
        else:
            assert place[1] > layout.shelf or not layout.regions
    names = [r.name.casefold() for r in layout.regions]
    assert all(names)
    assert len(set(names)) == len(names)
    for n, region in enumerate(layout.regions):
        for m, other in enumerate(layout.regions[:n]):
            distance = math.dist((region.x, region.y), (other.x, other.y))
            if region.parent == m:
                assert distance + region.radius <= other.radius
            elif region.parent == other.parent:
                assert distance >= region.radius + other.radius
