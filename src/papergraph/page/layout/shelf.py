"""The shelf below the map: groups too small for a region of their own, and what has no relation at all, in rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations, product

import numpy as np

from papergraph.page.layout.links import Links, Neighbours, find_components
from papergraph.page.layout.sketch import Sketch

#: Members from which on a group has a region instead.
SMALLEST_REGION = 6
#: Map units from one cell of the shelf to the next, across and down.
_CELL = 60
#: Width by height of a shelf for which the map is not wide enough.
_ASPECT = 2.0

_Cell = tuple[int, int]
_Shape = tuple[_Cell, ...]
#: Where the members of a group stand, as columns and rows, by how many there are.
_SHAPES: tuple[_Shape, ...] = (
    ((0, 0),),
    ((0, 0), (1, 0)),
    ((0, 0), (1, 0), (2, 0)),
    ((0, 0), (1, 0), (0, 1), (1, 1)),
    ((0, 0), (1, 0), (2, 0), (0, 1), (1, 1)),
)


@dataclass(slots=True)
class _Shelf:
    """Cells in rows below `top`, from the column `left` to the column `right`; column 0 is at x = 0."""

    top: int
    left: int
    right: int
    taken: set[_Cell] = field(default_factory=set)
    full: dict[_Shape, _Cell] = field(default_factory=dict)
    """The cell before which each shape found no room; none gets free again."""

    def cell(self, x: float, y: float) -> _Cell:
        """Return the cell that a place is in."""
        return round(x / _CELL), math.floor((y - self.top) / _CELL)

    def place(self, cell: _Cell) -> tuple[float, float]:
        """Return the middle of a cell."""
        return cell[0] * _CELL, self.top + (cell[1] + 0.5) * _CELL

    def first(self, shape: _Shape, row: int = 0) -> _Cell:
        """Return the first cell, none above `row`, at which there is room for a shape."""
        column, row = self.full.get(shape, (self.left, row))
        while any((column + c, row + r) in self.taken for c, r in shape):
            column, row = (column + 1, row) if column < self.right else (self.left, row + 1)
        self.full[shape] = column, row
        return column, row

    def nearest(self, cell: _Cell) -> _Cell:
        """Return the free cell that is nearest to a cell."""
        reach = 1
        while True:
            ways = product(range(-reach, reach + 1), repeat=2)
            around = sorted((c * c + r * r, cell[0] + c, cell[1] + r) for c, r in ways if cell[1] + r >= 0)
            for _, column, row in around:
                if (column, row) not in self.taken:
                    return column, row
            reach += 1


def fill_shelf(links: Links, sketch: Sketch, top: int) -> None:
    """Place what has no region on the shelf, which begins at y = `top`; what is settled there stays.

    Groups come first, the largest before the others; below them comes what is alone.
    """
    nodes = np.flatnonzero(sketch.homes < 0)
    among = links.among(nodes)
    settled = sketch.settled[nodes].tolist()
    groups = sorted(find_components(among), key=lambda g: (-len(g), g[0]))
    shelf = _Shelf(top, *_columns(sketch, len(nodes)))
    cells = {n: shelf.cell(*sketch.places[nodes[n]]) for n in range(len(nodes)) if settled[n]}
    for group in groups:
        for n in group:
            if settled[n]:
                shelf.taken |= _moved(_padded(_SHAPES[0]) if len(group) > 1 else _SHAPES[0], cells[n])
    around = among.neighbours()
    for group in groups:
        if len(group) > 1:
            _place_group(shelf, group, around, cells)
    alone = [n for g in groups if len(g) == 1 for n in g]
    rows = [cells[n][1] for n in alone if n in cells]
    first = min(rows) if rows else max((row + 2 for _, row in cells.values()), default=0)
    for n in alone:
        if n not in cells:
            cells[n] = shelf.first(_SHAPES[0], first)
            shelf.taken.add(cells[n])
    for n, cell in cells.items():
        if not settled[n]:
            sketch.places[nodes[n]] = shelf.place(cell)


def _place_group(shelf: _Shelf, group: Sequence[int], around: Sequence[Neighbours], cells: dict[int, _Cell]) -> None:
    """Find cells for a group: together, its links as short as can be, or beside those of its members that have one."""
    known = [cells[n] for n in group if n in cells]
    if known:
        for n in group:
            if n not in cells:
                cells[n] = shelf.nearest(known[0])
                shelf.taken.add(cells[n])
        return
    shape = _SHAPES[len(group) - 1]
    corner = shelf.first(_padded(shape))
    shelf.taken |= _moved(_padded(shape), corner)
    place = {n: at for at, n in enumerate(group)}
    links = [(place[n], place[other]) for n in group for other, _ in around[n]]
    best = min(permutations(shape), key=lambda spots: sum(math.dist(spots[a], spots[b]) for a, b in links))
    for n, (column, row) in zip(group, best, strict=True):
        cells[n] = corner[0] + column, corner[1] + row


def _columns(sketch: Sketch, count: int) -> tuple[int, int]:
    """Return the first and the last column: as wide as the map, or wide enough for the shape of the shelf."""
    left, right = sketch.sides()
    half = max((right - left) / _CELL / 2, math.sqrt(count * _ASPECT) / 2)
    middle = (left + right) / _CELL / 2
    return math.ceil(middle - half), math.floor(middle + half)


def _padded(shape: _Shape) -> _Shape:
    """Return a shape with a free column to its right, and a free row below if it has more than one."""
    below = {(c, r + 1) for c, r in shape} if any(r for _, r in shape) else set()
    return tuple(sorted({*shape, *((c + 1, r) for c, r in shape), *below}))


def _moved(shape: _Shape, to: _Cell) -> set[_Cell]:
    return {(to[0] + column, to[1] + row) for column, row in shape}
