"""A breadth-first walk along relations; an edge that closes a cycle is reported but not followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

#: From what builds to what it builds on, or the other way.
Direction = Literal["upstream", "downstream"]


class Edge(Protocol):
    """Something that leads from a subject to an object."""

    @property
    def subject(self) -> str:
        """IRI of the newer end, where one builds on the other."""
        ...

    @property
    def object(self) -> str:
        """IRI of the older end."""
        ...


#: How many things are asked for their edges at once where few edges are wanted.
_AT_ONCE = 20

E = TypeVar("E", bound=Edge)


@dataclass(frozen=True, slots=True)
class Walk(Generic[E]):
    """What a walk reached, and how."""

    depths: Mapping[str, int]
    """How many steps each thing is from the start, in the order reached; the start itself comes first."""
    edges: tuple[tuple[E, bool], ...]
    """Every edge that was met, in order, and whether it closes a cycle."""
    truncated: bool
    """There are further edges beyond the requested depth or number."""


def near_end(edge: Edge, direction: Direction) -> str:
    """Return the end of `edge` from which a walk in this direction comes."""
    return edge.object if direction == "downstream" else edge.subject


def far_end(edge: Edge, direction: Direction) -> str:
    """Return the end of `edge` to which a walk in this direction goes."""
    return edge.subject if direction == "downstream" else edge.object


def walk(
    start: str,
    edges: Callable[[Sequence[str]], Iterable[E]],
    direction: Direction,
    depth: int | None = None,
    most: int | None = None,
) -> Walk[E]:
    """Walk from `start`; `edges` gives those whose near end is one of the things that were reached last, in order.

    `depth` counts steps from the start, and `most` the edges that are met at all; None means without end.
    """
    depths: dict[str, int] = {start: 0}
    way: dict[str, str] = {}
    met: list[tuple[E, bool]] = []
    frontier, level = [start], 0
    while frontier:
        found = _met(edges, frontier, _AT_ONCE if most is not None else len(frontier))
        if depth is not None and level >= depth:
            return Walk(depths, tuple(met), any(far_end(e, direction) not in depths for e in found))
        level += 1
        frontier = []
        for edge in found:
            if len(met) == most:
                return Walk(depths, tuple(met), truncated=True)
            near, far = near_end(edge, direction), far_end(edge, direction)
            met.append((edge, far in _path(near, way)))
            if far not in depths:
                depths[far], way[far] = level, near
                frontier.append(far)
    return Walk(depths, tuple(met), truncated=False)


def _met(edges: Callable[[Sequence[str]], Iterable[E]], frontier: Sequence[str], at_once: int) -> Iterator[E]:
    """Yield the edges from a frontier; those of its end are asked for only when they are wanted."""
    for start in range(0, len(frontier), at_once):
        yield from edges(frontier[start : start + at_once])


def _path(iri: str, way: Mapping[str, str]) -> set[str]:
    """Return `iri` and everything between it and the start."""
    path = {iri}
    while iri in way:
        iri = way[iri]
        path.add(iri)
    return path
