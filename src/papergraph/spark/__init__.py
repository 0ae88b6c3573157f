"""Building the graph of very many notes on Apache Spark: the same quads as a local build, in parts.

Spark does what needs no talk between notes: it reads and extracts them, sums what they say under keys, and writes. What
all notes decide together, which keys stand for one thing, is decided on the driver, over distinct keys, by the code of
the local build. Every function over a partition is plain Python over an iterator of rows.
"""

from __future__ import annotations

from papergraph.spark.build import build_on_spark
from papergraph.spark.manifest import Manifest
from papergraph.spark.session import open_session

__all__ = ["Manifest", "build_on_spark", "open_session"]
