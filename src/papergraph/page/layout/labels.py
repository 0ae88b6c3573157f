"""What a region is called: by what it is mostly about, and by what it mostly holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from papergraph.model import Entity, EntityType, Graph
from papergraph.page.layout.arrays import Floats, Ints
from papergraph.page.layout.links import Links
from papergraph.page.layout.regions import Region

_JOIN = " · "
_LONGEST = 28
#: Characters that must be left when a name is cut between two words.
_ENOUGH = 16
#: How well a thing must fit a region, by the one that fits best, to stand in its name.
_FITS = 1 / 3
#: The same for all topics and methods together: below that, a paper, an institution or a data set names the region.
_FITS_BADLY = 0.15
#: What is left of the fit of a thing that the enclosing region is named by already.
_SAID = 0.25
#: Things among which a name is looked for; after that, names are numbered.
_MOST = 20
_NAMING: tuple[EntityType, ...] = ("Topic", "Method", "Model")


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a region may be named by."""

    number: int
    type: EntityType
    label: str
    fit: float

    def says(self, other: _Thing) -> bool:
        """Tell whether all words of one of the two are in the other."""
        mine, theirs = _words(self.label), _words(other.label)
        return mine <= theirs or theirs <= mine


def name_regions(graph: Graph, links: Links, homes: Ints, regions: Sequence[Region]) -> tuple[Region, ...]:
    """Return the regions with names for those that have none; no two names are the same."""
    outer = np.array([n if r.parent < 0 else r.parent for n, r in enumerate(regions)] + [-1], np.intp)[homes]
    # A region with parts is named by all that is in them, its parts by what is in each.
    levels = [(groups, _fits(links, groups, len(regions))) for groups in (outer, homes)]
    taken = {r.name.casefold() for r in regions if r.name}
    said: dict[int, tuple[int, ...]] = {}
    named = []
    for number, region in enumerate(regions):
        name = region.name
        if not name:
            groups, fits = levels[region.parent >= 0]
            things = _things(graph.entities, np.flatnonzero(groups == number), fits, said.get(region.parent, ()))
            name, said[number] = next(found for found in _names(things) if found[0].casefold() not in taken)
            taken.add(name.casefold())
        named.append(replace(region, name=name))
    return tuple(named)


def _fits(links: Links, groups: Ints, count: int) -> Floats:
    """Return how well what each thing is linked with and the members of its group are the same, from 0 to 1.

    It is the harmonic mean of two shares: of the group that the thing is linked with, and of its links that stay in
    the group. So what is linked with everything fits no better than what is linked with little.
    """
    inside = groups[links.left] == groups[links.right]
    linked = np.bincount(np.concatenate((links.left[inside], links.right[inside])), minlength=links.count)
    sizes = np.bincount(groups[groups >= 0], minlength=max(1, count))[groups]
    return np.asarray(2 * linked / np.maximum(sizes + links.degrees(), 1), np.float64)


def _things(entities: Sequence[Entity], members: Ints, fits: Floats, said: tuple[int, ...]) -> list[_Thing]:
    """Return what fits a region well enough to name it, the best first: topics and methods if any does."""
    things = []
    for number in members.tolist():
        entity, fit = entities[number], float(fits[number]) * (_SAID if number in said else 1.0)
        things.append(_Thing(number, entity.type, _trimmed(entity.label) or entity.type, fit))
    things.sort(key=lambda t: (-t.fit, t.label, t.number))
    best = things[0].fit if things else 0.0
    naming = [t for t in things if t.type in _NAMING and t.fit >= _FITS_BADLY * best] or things
    return [t for t in naming[:_MOST] if t.fit >= _FITS * naming[0].fit]


def _names(things: Sequence[_Thing]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield names, the best first, with the things that they are made of; they never end.

    A topic stands before a method.
    """
    topics = [t for t in things if t.type == "Topic"]
    others = [t for t in things if t.type != "Topic"]
    firsts = topics + others
    for first in firsts:
        for second in others[others.index(first) + 1 if first in others else 0 :]:
            if not first.says(second):
                yield first.label + _JOIN + second.label, (first.number, second.number)
        yield first.label, (first.number,)
    more = 2
    while True:
        label, numbers = (firsts[0].label, (firsts[0].number,)) if firsts else ("?", ())
        yield f"{label} {more}", numbers
        more += 1


def _words(label: str) -> set[str]:
    return set(re.findall(r"\w+", label.casefold())) or {label}


def _trimmed(label: str) -> str:
    """Return a label of at most 28 characters, cut between words if enough is left.

    >>> _trimmed("Retrieval-Augmented Generation for Everything")
    'Retrieval-Augmented…'
    """
    label = " ".join(label.split())
    if len(label) <= _LONGEST:
        return label
    start = label[: _LONGEST - 1]
    words = start.rpartition(" ")[0]
    return (words if len(words) >= _ENOUGH else start).rstrip(" ,.:;-(") + "…"
