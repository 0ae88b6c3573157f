"""The map as it was: where everything stood, so that what people have learnt of it still holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, TypeGuard

from papergraph.model import Graph
from papergraph.page.layout.regions import Layout, Region

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A map, without the graph that it was of."""

    places: Mapping[str, tuple[int, int, int]]
    """By IRI: x, y and the index of the region; -1 on the shelf."""
    regions: tuple[Region, ...]
    shelf: int


def keep(graph: Graph, layout: Layout) -> Kept:
    """Return what is to be kept of the map of a graph."""
    stood = zip(graph.entities, layout.places, layout.homes, strict=True)
    return Kept({e.iri: (*place, home) for e, place, home in stood}, layout.regions, layout.shelf)


def write_kept(graph: Graph, layout: Layout) -> str:
    """Return the map of a graph as JSON, in ASCII; the same for the same map."""
    kept = keep(graph, layout)
    value = {
        "format": _FORMAT,
        "places": kept.places,
        "regions": [astuple(r) for r in kept.regions],
        "shelf": kept.shelf,
    }
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def read_kept(text: str) -> Kept | None:
    """Return the map that `write_kept` wrote; None for any other text.

    >>> read_kept("{}") is None
    True
    """
    try:
        value = json.loads(text)
        if value["format"] != _FORMAT or not _is_number(value["shelf"]):
            return None
        regions = tuple(_region(r, n) for n, r in enumerate(value["regions"]))
        if any(r.parent >= 0 and regions[r.parent].parent >= 0 for r in regions):
            return None
        places = {iri: _place(p, len(regions)) for iri, p in value["places"].items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return Kept(places, regions, value["shelf"])


def _region(value: Any, index: int) -> Region:
    name, x, y, radius, parent = value
    numbers = all(map(_is_number, (x, y, radius, parent)))
    if not (numbers and isinstance(name, str) and name and radius >= 0 and -1 <= parent < index):
        raise ValueError(value)
    return Region(name, x, y, radius, parent)


def _place(value: Any, regions: int) -> tuple[int, int, int]:
    x, y, home = value
    if not (_is_number(x) and _is_number(y) and _is_number(home) and -1 <= home < regions):
        raise ValueError(value)
    return x, y, home


def _is_number(value: Any) -> TypeGuard[int]:
    # No map is as large as this, and all arithmetic on it is exact.
    return type(value) is int and abs(value) < 10**9
