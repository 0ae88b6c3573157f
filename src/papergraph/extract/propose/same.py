"""Which mentions of a note name the same, as far as the note and the vocabulary say."""

from __future__ import annotations

from collections import defaultdict

from papergraph.extract.propose.folded import fold_copy
from papergraph.model import Extraction
from papergraph.ontology.kinds import group_of


def same_names(extraction: Extraction) -> tuple[tuple[int, ...], ...]:
    """Return the mentions of each name: those of one entry or spelling, and those that the note says are the same.

    >>> same_names(Extraction("a.md", "0"))
    ()
    """
    first: dict[tuple[str, str], int] = {}
    root = list(range(len(extraction.mentions)))

    def find(index: int) -> int:
        while root[index] != index:
            root[index] = index = root[root[index]]
        return index

    for index, mention in enumerate(extraction.mentions):
        keys = [(group_of(mention.type), fold_copy(mention.name)), ("", mention.vocabulary)]
        for key in keys[: 1 + bool(mention.vocabulary)]:
            root[find(index)] = find(first.setdefault(key, index))
    for same in extraction.coreferences:
        root[find(same.left)] = find(same.right)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(root)):
        groups[find(index)].append(index)
    return tuple(tuple(group) for group in groups.values())
