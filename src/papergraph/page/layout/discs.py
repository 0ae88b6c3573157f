"""Communities as discs: sized, packed and turned, with their members inside; how a map begins."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from papergraph.page.layout.arrays import Floats, Ints
from papergraph.page.layout.communities import Community
from papergraph.page.layout.inside import arrange, disc_radius
from papergraph.page.layout.links import Links
from papergraph.page.layout.pack import enclosing_circle, pack
from papergraph.page.layout.turn import find_crossings, turn, ways_to

#: Map units between discs, and between those inside another; names stand there.
GAP = 62.0
PART_GAP = 46.0
#: Between the edge of a disc and the room of what it holds.
MARGIN = 6.0
_ASPECT = 1.6


@dataclass(slots=True)
class Disc:
    """A community on its way to the map: its centre, and its members around that or in the discs of its parts."""

    members: Ints
    radius: float
    spots: Floats
    """Members by their distance from the centre; empty where there are parts."""
    parts: list[Disc] = field(default_factory=list)
    centre: Floats = field(default_factory=lambda: np.zeros(2))

    def move(self, way: Floats) -> None:
        """Move the disc with its parts."""
        self.centre = self.centre + way
        for part in self.parts:
            part.move(way)


def make_disc(links: Links, community: Community, room: Floats) -> Disc:
    """Return the disc of a community, around the origin; `room` is what each thing needs around itself."""
    members = community.members
    if not community.parts:
        spots = arrange(links.among(members), room[members])
        return Disc(members, disc_radius(room[members]) + MARGIN, spots)
    parts = [make_disc(links, p, room) for p in community.parts]
    radii = np.array([p.radius + PART_GAP / 2 for p in parts])
    centres = pack(radii, _ties(links, parts))
    middle, radius = enclosing_circle(centres, radii)
    for part, centre in zip(parts, centres, strict=True):
        part.move(centre - middle)
    return Disc(members, radius, np.zeros((0, 2)), parts)


def draw_discs(links: Links, communities: tuple[Community, ...], room: Floats) -> list[Disc]:
    """Return the discs of communities, packed around the origin."""
    discs = [make_disc(links, c, room) for c in communities]
    radii = np.array([d.radius + GAP / 2 for d in discs])
    for disc, centre in zip(discs, pack(radii, _ties(links, discs), _ASPECT), strict=True):
        disc.move(centre)
    return discs


def innermost(discs: list[Disc]) -> list[Disc]:
    """Return the discs that have no parts."""
    return [leaf for d in discs for leaf in (d.parts or [d])]


def turn_discs(links: Links, discs: list[Disc], places: Floats) -> None:
    """Turn each disc so that what has links to others is on their side, and write where its members are to `places`.

    What is not in the discs has its place already.
    """
    for disc in innermost(discs):
        places[disc.members] = disc.centre
    for disc, crossing in zip(discs, find_crossings(links, *_grouped(links, discs)), strict=True):
        if disc.parts:
            ways = ways_to(places[crossing.outside], disc.centre, crossing.weights)
            offsets = np.stack([p.centre - disc.centre for p in disc.parts])
            turned = turn(offsets, places[crossing.inside] - disc.centre, ways)
            for part, offset in zip(disc.parts, turned, strict=True):
                part.centre = disc.centre + offset
                places[part.members] = part.centre
    leaves = innermost(discs)
    middles, spots = places.copy(), np.zeros_like(places)
    for disc, crossing in zip(leaves, find_crossings(links, *_grouped(links, leaves)), strict=True):
        spots[disc.members] = disc.spots
        ways = ways_to(middles[crossing.outside], disc.centre, crossing.weights)
        disc.spots = turn(disc.spots, spots[crossing.inside], ways)
        places[disc.members] = disc.centre + disc.spots


def _ties(links: Links, discs: list[Disc]) -> Floats:
    return links.between(*_grouped(links, discs))


def _grouped(links: Links, discs: list[Disc]) -> tuple[Ints, int]:
    """Return the number of the disc that each member is in, -1 for others, and how many discs there are."""
    groups = np.full(links.count, -1, np.intp)
    for number, disc in enumerate(discs):
        groups[disc.members] = number
    return groups, len(discs)
