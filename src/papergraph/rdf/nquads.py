"""One text for one set of quads."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad


def canonical_nquads(quads: Iterable[Quad]) -> str:
    """Return the quads as N-Quads, one a line, sorted; the same quads give the same bytes."""
    return "".join(sorted({f"{quad} .\n" for quad in quads}))
