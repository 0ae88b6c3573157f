"""Which names stand for one thing: disjoint sets, each with its least member as its representative."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", int, str)


class DisjointSets(Generic[Key]):
    """Sets that share no member; a key that was never joined is a set of its own.

    >>> sets = DisjointSets[str]()
    >>> sets.join(["b", "c"]), sets.join(["c", "a"]), sets.find("b")
    ('b', 'a', 'a')
    """

    def __init__(self) -> None:
        self._above: dict[Key, Key] = {}

    def find(self, key: Key) -> Key:
        """Return the least member of the set of `key`."""
        root = key
        while (above := self._above.setdefault(root, root)) != root:
            root = above
        while key != root:
            self._above[key], key = root, self._above[key]
        return root

    def join(self, keys: Iterable[Key]) -> Key:
        """Make the sets of `keys`, one at least, one set, and return its least member."""
        roots = {self.find(key) for key in keys}
        least = min(roots)
        self._above.update(dict.fromkeys(roots, least))
        return least
