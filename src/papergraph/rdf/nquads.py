"""One text for one set of quads."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad


def canonical_nquads(quads: Iterable[Quad]) -> str:
    """Return the quads as N-Quads, one a line, sorted; the same quads give the same bytes."""
    return "".join(canonical_lines(quads))


def canonical_lines(quads: Iterable[Quad]) -> list[str]:
    """Return the lines of `canonical_nquads`."""
    return sorted({nquads_line(quad) for quad in quads})


def nquads_line(quad: Quad) -> str:
    """Return a quad as a line of N-Quads."""
    return f"{quad} .\n"
