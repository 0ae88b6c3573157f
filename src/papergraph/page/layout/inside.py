"""Where things stand inside one region: near what they are linked with, and evenly spread over a disc."""

from __future__ import annotations

import math

import numpy as np

from papergraph.page.layout.arrays import Floats, Ints
from papergraph.page.layout.links import Links
from papergraph.page.layout.stress import chain_lengths, relax
from papergraph.page.layout.sunflower import GOLDEN, find_rays, sunflower

#: The radius in map units around a thing in which no other should stand, and what it grows by with its neighbours.
_ROOM = 24.0
_ROOM_OF_NEIGHBOURS = 3.0
_MOST_NEIGHBOURS = 100
#: Area of a disc by that of the things in it, each taken for a hexagon.
_SLACK = 1.15
_HEXAGON = 2 * math.sqrt(3)
#: How far distances from the middle give way to an even density; 1 would be all the way.
_EVEN = 0.6
#: How often things are pushed apart at least, and at most; and the part of the room at which that may end.
_PUSHES, _MOST_PUSHES = 40, 250
_ENOUGH = 0.75
#: Part of an overlap that one push takes away; a half would do for two alone, but overshoots in a crowd.
_PUSH = 0.4
#: How far everything is moved aside before, so that what stands in one line or in one place can give way.
_NUDGE = 1.0
#: Members above which it takes too long to look at each two of them.
_MOST = 450


def rooms(degrees: Ints) -> Floats:
    """Return the radius around each thing that it needs for itself, by the number of its neighbours."""
    return np.asarray(_ROOM + _ROOM_OF_NEIGHBOURS * np.sqrt(np.minimum(degrees, _MOST_NEIGHBOURS)), np.float64)


def disc_radius(room: Floats) -> float:
    """Return the radius of a disc in which things that need so much room are evenly spread, up to its edge."""
    return math.sqrt(float((room**2).sum()) * _HEXAGON * _SLACK / math.pi)


def arrange(links: Links, room: Floats) -> Floats:
    """Return the places of the members of a region around its centre, all of them within `disc_radius`."""
    if links.count < 2:
        return np.zeros((links.count, 2))
    edge = disc_radius(room) - float(room.min())
    rays = find_rays(links)
    if links.count > _MOST:
        return sunflower(rays, edge)
    points = relax(rays.points(), chain_lengths(links, room))
    return _pushed_apart(_evened(points, edge), room, edge)


def _evened(points: Floats, edge: float) -> Floats:
    """Return the points with their distances from the middle changed towards those of an even density."""
    away = np.hypot(*points.T)
    ranks = np.empty(len(points))
    ranks[np.argsort(away, kind="stable")] = np.arange(len(points))
    even = edge * np.sqrt((ranks + 0.3) / len(points))
    scaled = away * (edge / math.sqrt(2 * max(float((away**2).mean()), 1e-9)))
    wanted = _EVEN * even + (1 - _EVEN) * np.minimum(scaled, 1.3 * edge)
    return np.asarray(points * (wanted / np.maximum(away, 1e-9))[:, None], np.float64)


def _pushed_apart(points: Floats, room: Floats, edge: float) -> Floats:
    """Return the points with those that are too close pushed apart, none of them further out than `edge`."""
    needed = room[:, None] + room
    np.fill_diagonal(needed, 0.0)
    turns = np.arange(len(points)) * GOLDEN
    points = points + _NUDGE * np.stack((np.cos(turns), np.sin(turns)), 1)
    for done in range(_MOST_PUSHES):
        x, y = points.T
        right, down = x[:, None] - x, y[:, None] - y
        apart = np.maximum(np.hypot(right, down), 1e-6)
        if done >= _PUSHES and (apart >= _ENOUGH * needed - 1e-6).all():
            break
        push = np.maximum(needed / apart - 1.0, 0.0) * _PUSH
        points += np.stack(((push * right).sum(1), (push * down).sum(1)), 1)
        points *= np.minimum(1.0, edge / np.maximum(np.hypot(*points.T), 1e-9))[:, None]
    return points
