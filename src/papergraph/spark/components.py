"""Connected components by joins: each round gives more of the vertices the least of their component."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from papergraph.spark.rows import Columns

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: From a vertex to a lesser one; in the end to the least of its component, and to no other.
EDGES: Columns = {"node": int, "least": int}
#: Called with the number of a round and what makes its edges; returns these, kept for a job that is run again.
Keep = Callable[[int, Callable[[], "DataFrame"]], "DataFrame"]


def find_components(edges: DataFrame, keep: Keep) -> DataFrame:
    """Return rows of `EDGES` for all vertices but the least of each component, of edges between `node` and `least`.

    Large and small stars alternate, as in "Connected Components in MapReduce and Beyond" (Kiveris and others, 2014):
    the number of rounds grows with the logarithm of the longest way, not with its length, and hubs do no harm.
    """
    known, number = keep(0, lambda: _oriented(edges)), 0
    before, now = None, _fingerprint(known)
    while now != before:
        number += 1
        known = keep(number, partial(_next_round, known))
        before, now = now, _fingerprint(known)
    return known


def _oriented(edges: DataFrame) -> DataFrame:
    both = edges.selectExpr("greatest(node, least) node", "least(node, least) least")
    return both.where("node <> least").distinct()


def _next_round(edges: DataFrame) -> DataFrame:
    return _small_stars(_large_stars(edges))


def _large_stars(edges: DataFrame) -> DataFrame:
    """Point the greater neighbours of each vertex to the least of its neighbours or itself."""
    both = edges.selectExpr("node", "least near").union(edges.selectExpr("least node", "node near"))
    nearest = both.groupBy("node").agg({"near": "min"}).selectExpr("node", "least(node, `min(near)`) least")
    return both.join(nearest, "node").where("near > node").selectExpr("near node", "least").distinct()


def _small_stars(edges: DataFrame) -> DataFrame:
    """Point each vertex and its lesser neighbours to the least of these."""
    nearest = edges.groupBy("node").agg({"least": "min"}).selectExpr("node", "`min(least)` nearest")
    moved = edges.join(nearest, "node").where("least <> nearest").selectExpr("least node", "nearest least")
    return moved.union(nearest.selectExpr("node", "nearest least")).distinct()


def _fingerprint(edges: DataFrame) -> tuple[int, int]:
    """Return what two sets of edges hardly share unless they are one."""
    (row,) = edges.selectExpr("count(*)", "coalesce(bit_xor(xxhash64(node, least)), 0)").collect()
    return int(row[0]), int(row[1])
