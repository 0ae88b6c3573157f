"""Python's search for reference cycles, kept from going over the same millions of values again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects before a search of the young ones, and how many such searches before one of the older.
_THRESHOLDS = (50_000, 20, 50)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Search for cycles rarely inside the block: extraction makes many small values and no cycles.

    A caller who has turned the search off, or made it rarer, keeps that.

    >>> with rare_collections():
    ...     gc.get_threshold()[0] >= 50_000
    True
    """
    before = gc.get_threshold()
    if 0 < before[0] < _THRESHOLDS[0]:
        gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
