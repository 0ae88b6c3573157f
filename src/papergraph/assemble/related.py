"""Which pairs of entities are decided together: their claims can outweigh, move to or stand beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

#: Two entities, the lesser IRI first.
Pair = tuple[str, str]


def pair_of(one: str, other: str) -> Pair:
    """Return two entities in their order."""
    return (one, other) if one < other else (other, one)


def related(
    pairs: Iterable[Pair], introduced: Callable[[str], Iterable[str]], introducers: Callable[[str], Iterable[str]]
) -> set[Pair]:
    """Return the pairs with all others that may be decided differently because these are.

    Claims of a paper are given to what it introduces: `introduced` returns that, and `introducers` the opposite.

    >>> sorted(related([("h2o", "paper")], lambda x: ["snapkv"] if x == "paper" else [], lambda _: []))
    [('h2o', 'paper'), ('h2o', 'snapkv')]
    """
    found = set(pairs)
    waiting = list(found)
    while waiting:
        pair = waiting.pop()
        for one, other in (pair, pair[::-1]):
            for end in (*introduced(one), *introducers(one)):
                if end != other and (new := pair_of(end, other)) not in found:
                    found.add(new)
                    waiting.append(new)
    return found
