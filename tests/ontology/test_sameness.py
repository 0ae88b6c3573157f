"""Disjoint sets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papergraph.ontology.sameness import DisjointSets

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=20)


@given(PAIRS, st.randoms())
def test_sets_are_the_connected_components_whatever_the_order(pairs: list[tuple[int, int]], random: object) -> None:
    import networkx as nx

    shuffled = sorted(pairs, key=lambda _: random.random())  # type: ignore[attr-defined]
    sets = DisjointSets[int]()
    for pair in shuffled:
        sets.join(pair)
    graph = nx.Graph([*pairs, *((n, n) for n in range(13))])
    for component in nx.connected_components(graph):
        assert {sets.find(n) for n in component} == {min(component)}
