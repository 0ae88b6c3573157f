"""The parts that a map is made with: communities, discs that are packed, and what stands inside them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.page.layout.communities import find_communities
from papergraph.page.layout.inside import arrange, disc_radius, rooms
from papergraph.page.layout.links import Links, weigh_links
from papergraph.page.layout.louvain import find_groups
from papergraph.page.layout.pack import GIVE, enclosing_circle, pack
from papergraph.page.layout.stress import chain_lengths, relax
from tests.page.map_graphs import clique, cliques, graph_of

radii_of_discs = st.lists(st.floats(20, 400), min_size=1, max_size=25).map(np.array)


def links_of(count: int, pairs: list[tuple[int, int]]) -> Links:
    return weigh_links(graph_of(count, pairs))


def test_groups_are_found() -> None:
    groups = find_groups(links_of(21, [*cliques(2, 10), (0, 10)])).tolist()
    assert groups == [groups[0]] * 10 + [groups[10]] * 10 + [groups[20]]
    assert len(set(groups)) == 3


def test_a_higher_resolution_gives_smaller_groups() -> None:
    links = links_of(200, [(n, (n + 1) % 200) for n in range(200)])
    coarse, fine = (len(set(find_groups(links, r).tolist())) for r in (0.1, 10.0))
    assert coarse < fine


def test_hubs_do_not_keep_their_leaves_moving() -> None:
    pairs = [(0, n) for n in range(1, 2000)] + [(n, n + 2000) for n in range(1, 2000)]
    assert len(find_groups(links_of(4000, pairs), 0.4)) == 4000


def test_tiny_communities_join_their_neighbours() -> None:
    pairs = [*cliques(2, 10), (0, 10), (20, 21), (20, 0)]
    found = find_communities(links_of(22, pairs), np.arange(22))
    assert sorted(len(c.members) for c in found) == [10, 12]


@given(radii_of_discs, st.floats(1, 2.5))
def test_packed_discs_do_not_overlap(radii: np.ndarray, aspect: float) -> None:
    centres = pack(radii, np.zeros((len(radii), len(radii))), aspect)
    apart = np.hypot(*(centres[:, None] - centres).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert (apart >= radii[:, None] + radii - GIVE - 1e-3).all()


@given(radii_of_discs)
def test_a_circle_around_discs_encloses_them_closely(radii: np.ndarray) -> None:
    centres = pack(radii, np.zeros((len(radii), len(radii))))
    middle, radius = enclosing_circle(centres, radii)
    assert (np.hypot(*(centres - middle).T) + radii <= radius + 1e-6).all()
    assert (radii**2).sum() > 0.3 * radius**2 or len(radii) < 4


def test_discs_that_are_tied_lie_side_by_side() -> None:
    ties = np.zeros((20, 20))
    ties[0, 19] = ties[19, 0] = 1.0
    centres = pack(np.full(20, 100.0), ties)
    assert math.dist(centres[0], centres[19]) < 201


def test_things_inside_a_region_keep_their_distance_and_fill_it() -> None:
    links = links_of(90, [*((n, n + 1) for n in range(89)), *((0, n) for n in range(2, 90, 3))])
    room = rooms(links.degrees())
    places, radius = arrange(links, room), disc_radius(room)
    away = np.hypot(*places.T)
    apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1)) + np.diag(np.full(90, np.inf))
    assert away.max() <= radius
    assert apart.min() > 30
    assert 45 < np.median(apart.min(1)) < 70
    # A disc that is evenly filled has half of its things within 0.7 of its radius.
    assert 0.35 < (away < radius * 0.7).mean() < 0.75


def test_relaxed_distances_are_those_of_the_links() -> None:
    links = links_of(4, [(0, 1), (1, 2), (2, 3)])
    room = np.full(4, 25.0)
    lengths = chain_lengths(links, room)
    start = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    places = relax(start, lengths)
    apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    assert apart == pytest.approx(lengths, abs=0.05 * lengths.max())


def test_what_hangs_on_nothing_has_a_length_too() -> None:
    lengths = chain_lengths(links_of(3, []), np.full(3, 25.0))
    assert np.isfinite(lengths).all()
    assert (lengths + np.eye(3) > 0).all()


def test_a_clique_is_evenly_spread() -> None:
    links = links_of(30, clique(range(30)))
    places = arrange(links, rooms(links.degrees()))
    assert len({(round(x), round(y)) for x, y in places.tolist()}) == 30
