"""The mentions of a note by the block that they stand in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from papergraph.extract.reading import Reading
from papergraph.model import Mention, Span


@dataclass(frozen=True, slots=True)
class Placed:
    """Mentions by the block that they stand in."""

    mentions: tuple[Mention, ...]
    by_block: dict[int, tuple[int, ...]]
    """For each block the indices of its mentions, in order."""

    @classmethod
    def of(cls, reading: Reading, mentions: tuple[Mention, ...]) -> Placed:
        """Sort `mentions` into the blocks of the document."""
        found: dict[int, list[int]] = {}
        for index, mention in enumerate(mentions):
            found.setdefault(reading.block_at(mention.span.start), []).append(index)
        return cls(mentions, {block: tuple(indices) for block, indices in found.items()})

    def of_type(self, block: int, *types: str) -> Iterator[int]:
        """Yield the mentions of these types in a block."""
        for index in self.by_block.get(block, ()):
            if self.mentions[index].type in types:
                yield index

    def inside(self, span: Span) -> Iterator[int]:
        """Yield the mentions that lie inside `span`, in order."""
        for index in range(bisect_left(self.mentions, span.start, key=lambda m: m.span.start), len(self.mentions)):
            if self.mentions[index].span.start >= span.end:
                return
            if span.covers(self.mentions[index].span):
                yield index
