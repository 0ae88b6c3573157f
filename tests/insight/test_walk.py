"""Walking along relations, whatever gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from papergraph.insight.walk import Direction, Walk, walk


class Edge(NamedTuple):
    subject: str
    object: str


EDGES = st.lists(st.builds(Edge, st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=14, unique=True)


def walked(edges: list[Edge], direction: Direction = "downstream", depth: int | None = None) -> Walk[Edge]:
    def beside(reached: Sequence[str]) -> list[Edge]:
        return [e for iri in reached for e in edges if (e.object if direction == "downstream" else e.subject) == iri]

    return walk("a", beside, direction, depth)


@given(EDGES)
def test_a_walk_up_is_a_walk_down_over_turned_edges(edges: list[Edge]) -> None:
    turned = [Edge(e.object, e.subject) for e in edges]
    up, down = walked(edges, "upstream"), walked(turned)
    assert up.depths == down.depths
    assert [(Edge(e.object, e.subject), circle) for e, circle in up.edges] == list(down.edges)


@given(EDGES, st.integers(0, 4))
def test_a_depth_keeps_what_is_no_further_and_tells_whether_there_is_more(edges: list[Edge], depth: int) -> None:
    whole, cut = walked(edges), walked(edges, depth=depth)
    assert cut.depths == {name: steps for name, steps in whole.depths.items() if steps <= depth}
    assert cut.truncated == (len(cut.depths) < len(whole.depths))


@given(EDGES, st.integers(0, 16))
def test_no_more_edges_are_met_than_asked_for(edges: list[Edge], most: int) -> None:
    whole = walked(edges).edges
    cut = walk("a", lambda reached: [e for iri in reached for e in edges if e.object == iri], "downstream", most=most)
    assert cut.edges == whole[:most]
    assert cut.truncated == (len(whole) > most)


@given(EDGES)
def test_without_the_edges_that_close_circles_there_is_no_way_back_to_the_start(edges: list[Edge]) -> None:
    followed = [edge for edge, circle in walked(edges).edges if not circle]
    assert all(edge.subject != "a" for edge in followed)
    assert walked(followed).depths == walked(edges).depths
