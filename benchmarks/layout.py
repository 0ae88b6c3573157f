"""The map of made-up graphs beside networkx's spring layout: how long it takes, and how well it can be read.

    OPENBLAS_NUM_THREADS=1 python benchmarks/layout.py [--nodes 300 1000 3000 10000 30000] [--store FOLDER ...]

CPU seconds of one thread; for `again`, with the map kept. Purity is the share of the ten nearest things that are of
the same field as a thing itself, among those that are of one, which hubs are not. Overlap is the share of things with
another one less than 6 pixels away when the map fills 1360 x 860 pixels. Stores have no fields.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from made_up_map import make_map
from numpy.typing import NDArray

from papergraph.model import Graph
from papergraph.page.layout import keep, lay_out
from papergraph.store import open_store

_SCREEN = (1360, 860)
_TOO_CLOSE = 6.0
_NEIGHBOURS = 10

Points = NDArray[np.float64]


def spring(graph: Graph) -> Points:
    """Return the places that networkx's spring layout gives; its public function needs scipy from 500 nodes on."""
    from networkx.drawing.layout import _fruchterman_reingold

    numbers = {e.iri: n for n, e in enumerate(graph.entities)}
    linked = np.zeros((len(numbers), len(numbers)))
    for relation in graph.relations:
        a, b = numbers[relation.subject], numbers[relation.object]
        linked[a, b] = linked[b, a] = 1.0
    return np.asarray(_fruchterman_reingold(linked, seed=1), np.float64)


def ours(graph: Graph) -> Points:
    """Return the places of our map."""
    return np.array(lay_out(graph).places, np.float64).reshape(-1, 2)


def nearest(points: Points, count: int) -> Iterator[tuple[int, NDArray[np.intp], Points]]:
    """Yield for each point its number, the nearest others and how far they are away."""
    for start in range(0, len(points), 400):
        some = points[start : start + 400]
        apart = np.hypot(some[:, None, 0] - points[:, 0], some[:, None, 1] - points[:, 1])
        apart[np.arange(len(some)), np.arange(start, start + len(some))] = np.inf
        found = np.argpartition(apart, min(count, len(points) - 1), axis=1)[:, :count]
        for row, others in enumerate(found):
            yield start + row, others, apart[row, others]


def purity(points: Points, fields: NDArray[np.intp]) -> float:
    """Return the share of near things that are of the same field."""
    points, fields = points[fields >= 0], fields[fields >= 0]
    same = [(fields[others] == fields[n]).mean() for n, others, _ in nearest(points, _NEIGHBOURS)]
    return float(np.mean(same)) if same else math.nan


def overlap(points: Points) -> float:
    """Return the share of things that are too close to another on a screen that shows all."""
    extent = points.max(0) - points.min(0)
    scale = min(_SCREEN[0] / extent[0], _SCREEN[1] / extent[1])
    return float(np.mean([apart.min() * scale < _TOO_CLOSE for _, _, apart in nearest(points, 1)]))


def measure(name: str, kind: str, graph: Graph, fields: NDArray[np.intp], place: Callable[[Graph], Points]) -> None:
    """Print one row."""
    start = time.process_time()
    points = place(graph)
    used, again = time.process_time() - start, "-"
    if place is ours:
        kept = keep(graph, lay_out(graph))
        start = time.process_time()
        lay_out(graph, kept)
        again = f"{time.process_time() - start:.2f}"
    size = f"{name:>8}{len(graph.entities):>8}{len(graph.relations):>10}"
    print(f"{size}  {kind:7}{used:>8.2f}{again:>8}{purity(points, fields):>9.3f}{overlap(points):>9.3f}", flush=True)


def main() -> None:
    """Measure every size and every store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="*", default=[300, 1_000, 3_000, 10_000, 30_000])
    parser.add_argument("--most-spring", type=int, default=1_000)
    parser.add_argument("--store", type=Path, nargs="*", default=[])
    arguments = parser.parse_args()
    lay_out(make_map(100)[0])  # so that the first row does not pay for imports
    print(
        f"{'graph':>8}{'things':>8}{'relations':>10}  {'layout':7}{'CPU s':>8}{'again':>8}{'purity':>9}{'overlap':>9}"
    )
    for count in arguments.nodes:
        graph, members = make_map(count)
        fields = np.array([members.get(e.iri, -1) for e in graph.entities], np.intp)
        measure(str(count), "ours", graph, fields, ours)
        if count <= arguments.most_spring:
            measure(str(count), "spring", graph, fields, spring)
    for folder in arguments.store:
        graph = open_store(folder).read_graph()
        measure(folder.name, "ours", graph, np.full(len(graph.entities), -1), ours)


if __name__ == "__main__":
    main()
