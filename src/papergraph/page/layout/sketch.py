"""A map that is being drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from papergraph.page.layout.arrays import Flags, Floats, Ints
from papergraph.page.layout.discs import Disc
from papergraph.page.layout.regions import Region

#: Map units between the map and the shelf below it.
_ABOVE_SHELF = 120


@dataclass(slots=True)
class Sketch:
    """What is known of a map so far; entities are meant by number."""

    places: Floats
    homes: Ints
    """Index of the innermost region; -1 for what goes to the shelf."""
    settled: Flags
    """Whose place is known."""
    regions: list[Region] = field(default_factory=list)
    """Without a name where that is still to be found."""
    shelf: int | None = None
    """y where the shelf begins, where it is known."""

    @classmethod
    def empty(cls, count: int) -> Sketch:
        """Return a map on which nothing has a place yet."""
        return cls(np.zeros((count, 2)), np.full(count, -1, np.intp), np.zeros(count, np.bool_))

    def add(self, discs: Sequence[Disc]) -> None:
        """Add discs as regions without a name; their members have their places already."""
        for disc in discs:
            number = len(self.regions)
            self.regions.append(_region(disc, -1))
            self.homes[disc.members] = number
            self.settled[disc.members] = True
            for part in disc.parts:
                self.homes[part.members] = len(self.regions)
                self.regions.append(_region(part, number))

    def shelf_top(self) -> int:
        """Return the y where the shelf begins, or that of the bottom if there is nothing on it."""
        if self.shelf is not None:
            return self.shelf
        bottom = max((r.y + r.radius for r in self.regions), default=0)
        return bottom + (_ABOVE_SHELF if self.regions and (self.homes < 0).any() else 0)

    def sides(self) -> tuple[int, int]:
        """Return the least and the greatest x of the regions."""
        left = min((r.x - r.radius for r in self.regions), default=0)
        return left, max((r.x + r.radius for r in self.regions), default=0)


def _region(disc: Disc, parent: int) -> Region:
    x, y = disc.centre.tolist()
    return Region("", round(x), round(y), math.ceil(disc.radius), parent)
