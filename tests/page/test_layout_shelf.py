"""The shelf below the map."""

from __future__ import annotations

from papergraph.page.layout import keep, lay_out
from tests.page.map_graphs import apart, check_map, cliques, graph_of

CELL = 60


def test_small_groups_stand_together_below_the_map_and_lonely_things_below_them() -> None:
    groups = [(20, 21), (22, 23), (23, 24), (25, 26), (26, 27), (27, 28), (28, 29)]
    layout = lay_out(graph_of(40, [*cliques(2, 10), *groups]))
    check_map(layout, 40)
    assert layout.homes[20:] == (-1,) * 20
    assert max(y for _, y in layout.places[:20]) < layout.shelf
    assert all(apart(layout, a, b) <= 1.5 * CELL for a, b in groups)
    assert max(y for _, y in layout.places[20:30]) < min(y for _, y in layout.places[30:])


def test_the_shelf_is_compact_and_about_as_wide_as_the_map() -> None:
    layout = lay_out(graph_of(1200, cliques(20, 20)))
    xs, ys = zip(*layout.places[400:], strict=True)
    left, right = min(r.x - r.radius for r in layout.regions), max(r.x + r.radius for r in layout.regions)
    assert left <= min(xs)
    assert max(xs) <= right
    assert (max(xs) - min(xs) + CELL) * (max(ys) - min(ys) + CELL) < 1.1 * 800 * CELL**2


def test_without_a_map_the_shelf_is_a_landscape() -> None:
    layout = lay_out(graph_of(2000))
    xs, ys = zip(*layout.places, strict=True)
    assert 1.5 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2.5
    assert layout.regions == ()
    assert min(ys) > layout.shelf == 0


def test_new_things_fill_the_gaps_of_the_shelf() -> None:
    old = graph_of(60, cliques(2, 10))
    before = lay_out(old)
    rest = [n for n in range(70) if not 25 <= n < 35]
    after = lay_out(graph_of(rest, cliques(2, 10)), keep(old, before))
    gaps = set(before.places[25:35])
    assert set(after.places[-10:]) == gaps


def test_a_new_member_of_a_small_group_stands_beside_it() -> None:
    old = graph_of(30, [*cliques(2, 10), (20, 21)])
    before = lay_out(old)
    after = lay_out(graph_of(31, [*cliques(2, 10), (20, 21), (21, 30)]), keep(old, before))
    assert after.places[:30] == before.places
    assert min(apart(after, 30, 20), apart(after, 30, 21)) <= 1.5 * CELL
    check_map(after, 31)
