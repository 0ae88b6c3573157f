"""Where the nodes of the page stand: communities as discs, packed, with a force layout inside each; always the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

_SEED = 7
_SPACING = 70.0
_GAP = 44.0
#: Nodes of a community that are laid out together; networkx asks for scipy from 500 on, and the eye sees no more.
_MOST = 400
#: Nodes that the parts of a split community must have on average.
_FEWEST = 5
#: Louvain's resolution at which a community that still does not come apart is cut into pieces.
_FINEST = 100.0


def place_nodes(count: int, edges: Iterable[tuple[int, int, float]]) -> tuple[tuple[int, int], ...]:
    """Return integer coordinates for nodes 0..count-1; nodes without an edge stand in rows below the others.

    Nodes are numbers, so that no set inside networkx depends on how strings are hashed.
    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for left, right, weight in sorted((min(e[:2]), max(e[:2]), e[2]) for e in edges if e[0] != e[1]):
        known = graph.edges[left, right]["weight"] if graph.has_edge(left, right) else 0.0
        graph.add_edge(left, right, weight=known + weight)
    alone = [n for n in graph if graph.degree(n) == 0]
    linked = graph.subgraph(n for n in graph if graph.degree(n) > 0)
    places: dict[int, tuple[float, float]] = {}
    if len(linked):
        groups = sorted(_communities(linked, 1.0), key=lambda c: (-len(c), c[0]))
        centres = _packed([_radius(len(g)) for g in groups])
        for group, (x, y) in zip(groups, centres, strict=True):
            inside = nx.spring_layout(linked.subgraph(group), seed=_SEED, iterations=120, k=1.6 / math.sqrt(len(group)))
            scale = _radius(len(group)) - _GAP / 2
            for node, point in inside.items():
                places[node] = (x + scale * float(point[0]), y + scale * float(point[1]))
    places |= _rows(alone, max((y for _, y in places.values()), default=0.0) + 160)
    return tuple((round(places[n][0]), round(places[n][1])) for n in range(count))


def _communities(graph: nx.Graph[int], resolution: float) -> list[list[int]]:
    """Return the communities of a graph, each sorted; one that is too large to lay out is split further."""
    import networkx as nx

    found = [sorted(c) for c in nx.community.louvain_communities(graph, seed=_SEED, resolution=resolution)]
    whole: list[list[int]] = []
    for group in found:
        if len(group) <= _MOST:
            whole.append(group)
        else:
            finer = _communities(graph.subgraph(group), resolution * 3) if resolution < _FINEST else [[]] * len(group)
            # A hub with its leaves falls apart into single nodes: it is cut into pieces instead.
            pieces = [group[n : n + _MOST] for n in range(0, len(group), _MOST)]
            whole += finer if len(finer) <= len(group) / _FEWEST else pieces
    return whole


def _radius(size: int) -> float:
    return _SPACING * math.sqrt(size) * 0.72 + _GAP


def _packed(radii: Sequence[float]) -> list[tuple[float, float]]:
    """Place circles without overlap, each at the first free point of a spiral around the centre."""
    placed: list[tuple[float, float, float]] = []
    for radius in radii:
        turn = 0.0
        while True:
            distance = 9.0 * turn
            x, y = 1.35 * distance * math.cos(turn), distance * math.sin(turn)
            if all(math.hypot(x - a, y - b) >= radius + r for a, b, r in placed):
                break
            turn += 0.12 if turn < 40 else 0.03
        placed.append((x, y, radius))
    return [(x, y) for x, y, _ in placed]


def _rows(nodes: Sequence[int], top: float) -> dict[int, tuple[float, float]]:
    width = max(8, math.ceil(math.sqrt(len(nodes) * 4))) if nodes else 1
    return {n: ((i % width - width / 2) * 150.0, top + (i // width) * 60.0) for i, n in enumerate(nodes)}
