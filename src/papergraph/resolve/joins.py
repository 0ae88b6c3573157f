"""Joining keys that stand for one thing, without ever giving it two identifiers of one scheme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from papergraph.ontology.sameness import DisjointSets

#: For each scheme, such as `arXiv:`, the identifier that a thing has in it.
Claims = Mapping[str, str]


class Tie(IntEnum):
    """What makes two keys one thing, the strongest first."""

    IDENTIFIER = 0
    COREFERENCE = 1
    VOCABULARY = 2
    TITLE = 3
    SUBTITLE = 4


#: Each of these joins stands for itself; those of the other ties with one hub are made together or not at all.
_PAIRWISE = frozenset({Tie.IDENTIFIER, Tie.COREFERENCE})


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A reason to take a key for the thing that another key, the hub, stands for."""

    tie: Tie
    hub: str
    key: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A join that was not made, since it would give one thing two identifiers of one scheme."""

    tie: Tie
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partition:
    """Which keys stand for one thing."""

    sets: _Things
    refusals: tuple[Refusal, ...]

    def owner(self, key: str) -> str:
        """Return the key that stands for all keys of one thing."""
        return self.sets.find(key)

    def claims(self, key: str) -> Claims:
        """Return the identifiers of the thing that `key` stands for, one a scheme."""
        return self.sets.claims(self.sets.find(key))


class _Things:
    """Disjoint sets of keys, each with what its keys claim."""

    def __init__(self, claims: Mapping[str, Claims]) -> None:
        self._sets = DisjointSets[str]()
        self._claims = dict(claims)

    def find(self, key: str) -> str:
        """Return the key that stands for the set of `key`."""
        return self._sets.find(key)

    def claims(self, root: str) -> Claims:
        """Return what the keys of a set claim."""
        return self._claims.get(root, {})

    def join(self, keys: Sequence[str]) -> bool:
        """Make the sets of `keys` one, unless two of them claim different identifiers of one scheme."""
        together: dict[str, str] = {}
        for root in {self.find(key) for key in keys}:
            for scheme, identifier in self.claims(root).items():
                if together.setdefault(scheme, identifier) != identifier:
                    return False
        root = self._sets.join(keys)
        if together:
            self._claims[root] = together
        return True


def join(claims: Mapping[str, Claims], links: Mapping[Link, int]) -> Partition:
    """Return the sets that `links` (with how often each is stated) make of the keys, as far as `claims` allow.

    Strong ties come first, so that the weakest of a chain gives way; among equals what is stated more often, then by
    name: the order of the links does not matter. A title that things with different identifiers share joins none.
    """
    sets = _Things(claims)
    refusals = tuple(Refusal(tie, keys) for tie, keys in _bundles(links) if not sets.join(keys))
    return Partition(sets, refusals)


def _bundles(links: Mapping[Link, int]) -> Iterator[tuple[Tie, tuple[str, ...]]]:
    """Yield the keys that are to be joined at once, in order."""
    weights: dict[tuple[Tie, str, str], int] = defaultdict(int)
    members: dict[tuple[Tie, str, str], set[str]] = defaultdict(set)
    for link, count in links.items():
        bundle = (link.tie, link.hub, link.key if link.tie in _PAIRWISE else "")
        weights[bundle] += count
        members[bundle] |= {link.hub, link.key}
    for tie, hub, part in sorted(members, key=lambda b: (b[0], -weights[b], b[1:])):
        # whoever has a title in full has a say in who may share it as a subtitle
        full = members.get((Tie.TITLE, hub, ""), set()) if tie == Tie.SUBTITLE else set()
        yield tie, tuple(sorted(members[tie, hub, part] | full))
