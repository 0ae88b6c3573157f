"""What a map is: where everything stands, and the regions that have names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A community, drawn as a disc; in map units, of which one is a pixel at scale 1."""

    name: str
    """What people read on the map, such as `KV cache eviction · H2O`."""
    x: int
    y: int
    radius: int
    parent: int
    """Index of the region that encloses it; -1 for none."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole map; entities are meant by their number in `graph.entities`."""

    places: tuple[tuple[int, int], ...]
    """x and y of every entity; y grows downwards."""
    homes: tuple[int, ...]
    """Index of the innermost region that each entity stands in; -1 on the shelf."""
    regions: tuple[Region, ...]
    """Each comes after the region that encloses it."""
    shelf: int
    """y below which the shelf begins: tiny groups, then what has no relation at all; the bottom where it is empty."""
