"""A map that is kept: what stood there stays, what is new finds its place."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.model import PREDICATES, Graph
from papergraph.page.layout import Layout, keep, lay_out, read_kept, write_kept
from tests.page.map_graphs import LEAST, apart, check_map, clique, cliques, graph_of, iri, least_distance, relation


def grown(old: Graph, new: Graph) -> tuple[Layout, Layout]:
    """The map of the old graph, and what becomes of it with the new one."""
    before = lay_out(old)
    return before, lay_out(new, keep(old, before))


@given(data=st.data(), count=st.integers(0, 40), more=st.integers(0, 15))
def test_a_kept_map_stays_and_grows(data: st.DataObject, count: int, more: int) -> None:
    ends = st.integers(0, max(0, count + more - 1))
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=90))
    predicates = data.draw(st.lists(st.sampled_from(PREDICATES), min_size=len(pairs), max_size=len(pairs)))
    relations = tuple(relation(a, p, b, n) for n, ((a, b), p) in enumerate(zip(pairs, predicates, strict=True)))
    new = Graph(graph_of(count + more).entities, relations)
    old = Graph(new.entities[:count], tuple(r for r in relations if max(r.subject, r.object) < iri(count)))
    before, after = grown(old, new)
    assert lay_out(old, keep(old, before)) == before
    assert lay_out(new, keep(new, after)) == after
    check_map(after, count + more)


@given(data=st.data())
def test_what_stood_on_the_map_stays_where_it_was(data: st.DataObject) -> None:
    old = graph_of(30, cliques(3, 10))
    links = data.draw(st.lists(st.tuples(st.integers(0, 29), st.integers(30, 44)), max_size=30))
    links += data.draw(st.lists(st.tuples(st.integers(30, 44), st.integers(30, 44)), max_size=30))
    gone = data.draw(st.sets(st.integers(0, 29), max_size=4))
    rest = sorted(set(range(45)) - gone)
    before, after = grown(old, graph_of(rest, [*cliques(3, 10), *links]))
    for n, number in enumerate(rest):
        if number < 30:
            assert after.places[n] == before.places[number]
            assert after.regions[after.homes[n]].name == before.regions[before.homes[number]].name


def test_newcomers_stand_near_their_neighbours() -> None:
    old = graph_of(60, cliques(4, 15))
    before, after = grown(old, graph_of(63, [*cliques(4, 15), (60, 3), (60, 4), (61, 60), (62, 20), (62, 21)]))
    assert after.homes[60] == after.homes[61] == before.homes[3]
    assert after.homes[62] == before.homes[20]
    region = after.regions[after.homes[60]]
    assert min(apart(after, 60, 3), apart(after, 60, 4)) < region.radius
    assert least_distance(after) >= LEAST
    assert after.regions == before.regions


def test_a_new_group_founds_a_region_beside_the_others() -> None:
    old = graph_of(60, cliques(4, 15))
    before, after = grown(old, graph_of(70, [*cliques(4, 15), *clique(range(60, 70))]))
    assert after.places[:60] == before.places
    assert after.regions[:4] == before.regions
    assert set(after.homes[60:]) == {4}
    check_map(after, 70)


def test_a_new_group_with_few_links_to_the_map_founds_a_region_near_them() -> None:
    links = [*cliques(4, 15), *clique(range(60, 75))]
    before, after = grown(graph_of(60, cliques(4, 15)), graph_of(75, [*links, (60, 0), (61, 1)]))
    assert set(after.homes[60:]) == {4}
    new = after.regions[4]
    distances = [math.dist((new.x, new.y), (r.x, r.y)) for r in after.regions[:4]]
    assert distances[before.homes[0]] <= min(distances) * 1.3


def test_a_new_small_group_and_a_new_lonely_thing_go_to_the_shelf() -> None:
    old = graph_of(24, [*cliques(2, 10), (20, 21)])
    before, after = grown(old, graph_of(30, [*cliques(2, 10), (20, 21), (24, 25)]))
    assert after.places[:24] == before.places
    assert after.homes[20:] == (-1,) * 10
    assert after.shelf == before.shelf
    check_map(after, 30)


def test_what_gets_a_link_to_the_map_leaves_the_shelf() -> None:
    old = graph_of(24, [*cliques(2, 10), (20, 21)])
    before, after = grown(old, graph_of(24, [*cliques(2, 10), (20, 21), (21, 3), (23, 13)]))
    assert after.homes[20] == after.homes[21] == before.homes[3]
    assert after.homes[23] == before.homes[13]
    assert after.homes[22] == -1
    assert after.places[22] == before.places[22]


def test_groups_of_the_shelf_that_meet_become_a_region() -> None:
    old = graph_of(27, [*cliques(2, 10), (20, 21), (21, 22), (23, 24), (24, 25)])
    before, after = grown(old, graph_of(27, [*cliques(2, 10), (20, 21), (21, 22), (23, 24), (24, 25), (22, 23)]))
    assert set(after.homes[20:26]) == {2}
    assert after.places[26] == before.places[26]
    check_map(after, 27)


def test_a_full_region_grows() -> None:
    old = graph_of(60, cliques(6, 10))
    crowd = [(0, n) for n in range(60, 110)]
    before, after = grown(old, graph_of(110, [*cliques(6, 10), *crowd]))
    assert after.places[:60] == before.places
    home = before.homes[0]
    assert after.regions[home].radius > before.regions[home].radius
    assert set(after.homes[60:]) == {home}
    assert least_distance(after) >= LEAST


def test_what_is_gone_leaves_a_gap() -> None:
    old = graph_of(40, cliques(4, 10))
    before, after = grown(old, graph_of(range(3, 40), [p for p in cliques(4, 10) if min(p) >= 3]))
    assert after.places == before.places[3:]
    assert after.regions == before.regions


def test_a_region_that_lost_all_is_gone_and_one_that_lost_most_is_named_anew() -> None:
    old = graph_of(50, cliques(5, 10))
    kept = [n for n in range(50) if not 10 <= n < 20 and not 20 <= n < 28]
    pairs = [p for p in cliques(5, 10) if set(p) <= set(kept)]
    before, after = grown(old, graph_of(kept, pairs))
    assert len(after.regions) == 4
    names = [before.regions[before.homes[n]].name for n in (0, 20, 30, 40)]
    stayed = [after.regions[after.homes[kept.index(n)]].name for n in (0, 28, 30, 40)]
    assert [a == b for a, b in zip(names, stayed, strict=True)] == [True, False, True, True]


def test_a_map_of_which_little_is_known_is_drawn_afresh() -> None:
    old, new = graph_of(10, cliques(1, 10)), graph_of(40, cliques(4, 10))
    assert lay_out(new, keep(old, lay_out(old))) == lay_out(new)
    assert lay_out(new, keep(Graph(), lay_out(Graph()))) == lay_out(new)


def test_a_map_is_read_as_it_was_written() -> None:
    graph = graph_of(40, cliques(3, 12), labels={0: "键值缓存 \ud800"})
    layout = lay_out(graph)
    text = write_kept(graph, layout)
    assert text.isascii()
    assert read_kept(text) == keep(graph, layout)
    assert write_kept(graph, layout) == text


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"shelf": 1.5},
        {"shelf": True},
        {"regions": [["A", 0, 0, 5]]},
        {"regions": [["A", 0, 0, 5, 0]]},
        {"regions": [["", 0, 0, 5, -1]]},
        {"regions": [["A", 0, 0, 5, -1], ["B", 0, 0, 5, 0], ["C", 0, 0, 5, 1]]},
        {"places": {"x": [0, 0, 9]}},
        {"places": {"x": [10**12, 0, 0]}},
        {"places": {"x": "abc"}},
        {"places": ["x"]},
    ],
)
def test_what_is_no_map_is_not_read(change: dict[str, object]) -> None:
    good = {"format": 1, "shelf": 0, "regions": [["A", 0, 0, 5, -1]], "places": {"x": [0, 0, 0]}}
    assert read_kept(json.dumps(good))
    assert read_kept(json.dumps(good | change)) is None


@pytest.mark.slow
@given(
    st.text()
    | st.recursive(st.none() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)).map(
        json.dumps
    )
)
def test_reading_never_fails(text: str) -> None:
    assert read_kept(text) is None


def test_reading_ends_where_values_nest_without_end() -> None:
    assert read_kept("[" * 100_000) is None


def test_a_map_with_impossible_places_does_not_stop_anything() -> None:
    graph = graph_of(13, [(0, n) for n in range(1, 13)])
    part = graph_of(12, [(0, n) for n in range(1, 12)])
    kept = keep(part, lay_out(part))
    far = replace(kept, places={i: (10**8, -(10**8), home) for i, (_, _, home) in kept.places.items()})
    assert len(lay_out(graph, far).places) == 13
