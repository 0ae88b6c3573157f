"""The map of a graph: regions, what stands in them, and what holds of every map."""

from __future__ import annotations

import itertools
import math
import random
import statistics
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.model import PREDICATES, Graph, Predicate
from papergraph.page.layout import lay_out
from papergraph.store import open_store
from tests.page.map_graphs import apart, check_map, clique, cliques, graph_of, relation

SHAPES = {
    "nothing": (0, []),
    "one thing": (1, []),
    "no relations": (50, []),
    "relations to itself": (8, [(n, n) for n in range(8)]),
    "the same relation again": (8, [(0, n) for n in range(1, 8)] * 3),
    "ends that are not in the graph": (8, [(n, n + 100) for n in range(8)]),
    "a pair": (2, [(0, 1)]),
    "a star": (700, [(0, n) for n in range(1, 700)]),
    "a clique": (60, clique(range(60))),
    "two equal halves": (40, cliques(2, 20)),
    "a path": (300, [(n, n + 1) for n in range(299)]),
    "many pairs": (80, [(n, n + 1) for n in range(0, 80, 2)]),
    "three hubs with the same leaves": (503, [(hub, leaf) for hub in range(3) for leaf in range(3, 503)]),
    "a grid": (400, [(n, n + 1) for n in range(399) if n % 20 < 19] + [(n, n + 20) for n in range(380)]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_a_map(shape: str) -> None:
    count, pairs = SHAPES[shape]
    check_map(lay_out(graph_of(count, pairs)), count)


@given(data=st.data(), count=st.integers(0, 45))
def test_every_graph_has_a_map_and_always_the_same(data: st.DataObject, count: int) -> None:
    ends = st.integers(0, max(0, count + 1))
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=90))
    predicates = data.draw(st.lists(st.sampled_from(PREDICATES), min_size=len(pairs), max_size=len(pairs)))
    relations = [relation(a, p, b, n) for n, ((a, b), p) in enumerate(zip(pairs, predicates, strict=True))]
    graph = Graph(graph_of(count).entities, tuple(relations))
    layout = lay_out(graph)
    check_map(layout, count)
    assert lay_out(graph) == layout


@pytest.mark.parametrize("predicate", PREDICATES)
def test_every_relation_draws_things_together(predicate: Predicate) -> None:
    layout = lay_out(graph_of(6, [(0, n) for n in range(1, 6)], predicate))
    assert set(layout.homes) == {0}


def test_communities_are_regions() -> None:
    layout = lay_out(graph_of(48, [*cliques(6, 8), *((n * 8, n * 8 + 8) for n in range(5))]))
    assert len(layout.regions) == 6
    for n in range(6):
        assert len(set(layout.homes[n * 8 : n * 8 + 8])) == 1


def test_a_hub_does_not_glue_communities_together() -> None:
    pairs = cliques(8, 8)
    hub = 64
    graph = graph_of(65, [*pairs, *((n, hub) for n in range(64))], types={hub: "Institution"})
    assert len(lay_out(graph).regions) == 8


def test_related_regions_are_near_each_other() -> None:
    count, size = 14, 9
    near = [(n, n + 1) for n in range(count - 1)]
    links = [(a * size + k, b * size + k) for a, b in near for k in range(3)]
    layout = lay_out(graph_of(count * size, [*cliques(count, size), *links]))
    assert len(layout.regions) == count
    distances = {(a, b): apart(layout, a * size, b * size) for a, b in itertools.combinations(range(count), 2)}
    assert statistics.mean(distances[p] for p in near) < 0.7 * statistics.mean(distances.values())


def test_the_map_is_a_landscape_without_large_holes() -> None:
    layout = lay_out(graph_of(480, cliques(40, 12)))
    across = extent([(r.x, r.radius) for r in layout.regions])
    down = extent([(r.y, r.radius) for r in layout.regions])
    assert 1.2 < across / down < 2.0
    covered = sum(math.pi * (r.radius + 30) ** 2 for r in layout.regions)
    assert covered > 0.6 * across * down


def extent(spans: list[tuple[int, int]]) -> int:
    return max(at + reach for at, reach in spans) - min(at - reach for at, reach in spans)


def test_a_large_community_is_divided_into_parts_inside_it() -> None:
    # Ten dense groups, so closely linked that they are one community among three.
    pairs = [(n, n + k) for n in range(200) for k in range(1, 6) if n + k < 200]
    pairs += [(200 + a, 200 + b) for a, b in cliques(2, 40)]
    layout = lay_out(graph_of(280, [*pairs, (0, 200), (0, 240)]))
    check_map(layout, 280)
    assert max(map(layout.homes.count, set(layout.homes))) <= 150


def test_parts_stand_inside_the_region_that_they_are_parts_of() -> None:
    chance = random.Random(1)  # noqa: S311  nothing secret
    fields = [range(n, n + 250) for n in range(0, 1000, 250)]
    pairs = [(chance.choice(f), chance.choice(f)) for f in fields for _ in range(2500)]
    layout = lay_out(graph_of(1000, pairs))
    check_map(layout, 1000)
    parents = {r.parent for r in layout.regions if r.parent >= 0}
    assert parents
    assert parents.isdisjoint(layout.homes)


def test_a_star_has_its_hub_in_the_middle_and_its_leaves_evenly_around() -> None:
    for leaves in (40, 900):
        layout = lay_out(graph_of(leaves + 1, [(0, n) for n in range(1, leaves + 1)]))
        (region,) = layout.regions
        assert math.dist(layout.places[0], (region.x, region.y)) < region.radius / 6
        nearest = [min(apart(layout, n, m) for m in range(leaves + 1) if m != n) for n in range(1, leaves + 1, 9)]
        assert max(nearest) < 2 * min(nearest)
        quarter = sum(x > region.x and y > region.y for x, y in layout.places)
        assert 0.15 * leaves < quarter < 0.35 * leaves


def test_linked_things_of_a_region_are_nearer_than_others() -> None:
    pairs = [(n, n + 1) for n in range(29)] + [(n, n + 2) for n in range(28)]
    layout = lay_out(graph_of(30, pairs))
    same = [(a, b) for a, b in itertools.combinations(range(30), 2) if layout.homes[a] == layout.homes[b]]
    linked = statistics.mean(apart(layout, *p) for p in pairs if p in same)
    assert linked < 0.87 * statistics.mean(apart(layout, *p) for p in same)


def test_what_is_linked_with_another_region_looks_towards_it() -> None:
    layout = lay_out(graph_of(20, [*cliques(2, 10), (0, 10)]))
    left, right = layout.regions
    assert apart(layout, 0, 10) < math.dist((left.x, left.y), (right.x, right.y))


def test_relations_that_are_denied_count_little() -> None:
    across = [(a, b) for a in range(8) for b in range(8, 16)]
    graph = graph_of(16, [*cliques(2, 8), *across])
    denied = [replace(r, polarity="negative") if n >= 56 else r for n, r in enumerate(graph.relations)]
    assert len(lay_out(graph).regions) == 1
    assert len(lay_out(Graph(graph.entities, tuple(denied))).regions) == 2


def test_the_package_is_imported_without_numpy() -> None:
    code = "import sys, papergraph.page.layout; sys.exit('numpy' in sys.modules or 'networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_sample_notes_have_regions_that_people_would_name_so(demo_store: Path) -> None:
    graph = open_store(demo_store).read_graph()
    layout = lay_out(graph)
    check_map(layout, len(graph.entities))
    assert 15 <= len(layout.regions) <= 60
    homes = {e.label: layout.regions[h].name for e, h in zip(graph.entities, layout.homes, strict=True) if h >= 0}
    assert "H2O" in homes["SnapKV"]
