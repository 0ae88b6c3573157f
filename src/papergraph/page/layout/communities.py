"""What belongs together: communities, and the parts of those that are too large to be read as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from papergraph.page.layout.arrays import Ints
from papergraph.page.layout.links import Links, find_components
from papergraph.page.layout.louvain import find_groups

#: Members above which a community is divided, as far as it goes: in the whole, and as the part of another.
_LARGE = 150
_LARGE_PART = 240
#: Share of the whole above which a community is divided, unless it has fewer members than that.
_LARGE_SHARE = 0.15
_SMALL = 60
#: Members below which a community joins the one it is most linked with; more in large graphs, which have many of them.
_TINY = 5
_TINIEST_OF_MANY = 8
_MANY = 2000
#: Resolution for a community of so many members that it comes apart into parts that are neither
#: as small as those it would find by default, nor as large as the whole.
_MEMBERS_AT_ONE = 2300
_FINER = 3.0
_FINEST = 4.0
#: Share above which the largest part is as good as the whole: a hub with its leaves does not come apart.
_LUMP = 0.7


@dataclass(frozen=True, slots=True)
class Community:
    """Numbers that belong together, sorted; its parts, where it has any, divide them."""

    members: Ints
    parts: tuple[Community, ...] = ()


def find_communities(links: Links, nodes: Ints) -> tuple[Community, ...]:
    """Return communities of the given numbers, the largest first; parts have no parts themselves."""
    if not len(nodes):
        return ()
    tiny = _TINIEST_OF_MANY if len(nodes) >= _MANY else _TINY
    large = max(_SMALL, min(_LARGE, _LARGE_SHARE * len(nodes)))
    found = []
    for members in _detect(links, nodes, 1.0, tiny):
        parts = _parts(links, members, tiny) if len(members) > large else []
        found.append(Community(members, tuple(Community(p) for p in parts)))
    return tuple(found)


def _parts(links: Links, members: Ints, tiny: int) -> list[Ints]:
    """Return the parts of a community, and of parts that are still too large; none if it does not come apart."""
    resolution = len(members) / _MEMBERS_AT_ONE
    while resolution < _FINEST:
        parts = _detect(links, members, resolution, tiny)
        # Two discs leave half of the disc around them empty.
        if len(parts) > 2 and len(parts[0]) <= _LUMP * len(members):
            smaller = [_parts(links, p, tiny) if len(p) > _LARGE_PART else [] for p in parts]
            return _largest_first(q for p, s in zip(parts, smaller, strict=True) for q in s or [p])
        resolution *= _FINER
    return []


def _detect(links: Links, nodes: Ints, resolution: float, tiny: int) -> list[Ints]:
    """Return the communities of some numbers, the largest first."""
    inside = links.among(nodes)
    labels = _joined(inside, _connected(inside, find_groups(inside, resolution)), tiny)
    return _largest_first(nodes[labels == n] for n in np.unique(labels))


def _connected(links: Links, labels: Ints) -> Ints:
    """Return labels by which a group that does not hang together is several."""
    for label, component in enumerate(find_components(links.within(labels))):
        labels[component] = label
    return labels


def _joined(links: Links, labels: Ints, tiny: int) -> Ints:
    """Return the labels after every community of fewer than `tiny` members took that of its closest neighbour."""
    ties: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    ends = zip(labels[links.left].tolist(), labels[links.right].tolist(), links.weights.tolist(), strict=True)
    for a, b, weight in ends:
        if a != b:
            ties[a][b] += weight
            ties[b][a] += weight
    sizes = np.bincount(labels).tolist()
    target = list(range(len(sizes)))
    for label in sorted(range(len(sizes)), key=lambda n: (sizes[n], n)):
        around = ties[label]
        if sizes[label] >= tiny or not around:
            continue
        closest = min(around, key=lambda n: (-around[n], n))
        target[label] = closest
        sizes[closest] += sizes[label]
        for other, weight in around.items():
            del ties[other][label]
            if other != closest:
                ties[closest][other] += weight
                ties[other][closest] += weight
    return np.array([_last(target, n) for n in range(len(target))], np.intp)[labels]


def _last(target: list[int], label: int) -> int:
    while target[label] != label:
        label = target[label]
    return label


def _largest_first(groups: Iterable[Ints]) -> list[Ints]:
    return sorted(groups, key=lambda g: (-len(g), int(g[0])))
