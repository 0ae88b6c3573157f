"""How long the map of a large graph takes, in CPU seconds."""

from __future__ import annotations

import random
import time

import pytest

from papergraph.page.layout import keep, lay_out
from tests.page.map_graphs import check_map, graph_of


def large(count: int) -> list[tuple[int, int]]:
    """Three relations for each thing, mostly to near ones, and hubs."""
    chance = random.Random(5)  # noqa: S311  nothing secret
    near = [(n, min(count - 1, n + 1 + int(chance.expovariate(1 / 8)))) for n in range(count) for _ in range(2)]
    return near + [(n, int(count * chance.random() ** 4)) for n in range(count)]


@pytest.mark.slow
def test_ten_thousand_things_take_seconds() -> None:
    graph = graph_of(10_000, large(10_000))
    start = time.process_time()
    layout = lay_out(graph)
    assert time.process_time() - start < 15
    check_map(layout, 10_000)
    start = time.process_time()
    assert lay_out(graph, keep(graph, layout)) == layout
    assert time.process_time() - start < 5


def test_three_hundred_things_take_no_time() -> None:
    graph = graph_of(300, large(300))
    lay_out(graph)
    start = time.process_time()
    lay_out(graph)
    assert time.process_time() - start < 1
