"""The links without which a graph falls apart."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from papergraph.insight.bridges import bridges

LINKS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=14)


@given(LINKS)
def test_they_are_those_of_networkx_and_split_off_as_much_as_they_say(links: list[tuple[str, str]]) -> None:
    graph: nx.MultiGraph[str] = nx.MultiGraph([link for link in links if link[0] != link[1]])
    found = list(bridges(links))
    expected = {frozenset(link) for link in nx.bridges(graph)}
    assert {frozenset((one, other)) for one, other, _ in found} == expected
    assert len(found) == len(expected)
    for one, other, size in found:
        cut = graph.copy()
        cut.remove_edge(one, other)
        assert size == min(len(nx.node_connected_component(cut, end)) for end in (one, other))


def test_a_long_chain_needs_no_recursion() -> None:
    links = [(f"{n:05}", f"{n + 1:05}") for n in range(20_000)]
    assert max(size for *_, size in bridges(links)) == 10_000
