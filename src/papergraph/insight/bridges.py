"""The links without which a graph falls apart, and how much hangs on each: one walk in depth, without recursion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator


def bridges(links: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
    """Yield each link whose loss splits its component, and the size of the smaller part; two links are no bridge.

    >>> list(bridges([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e")]))
    [('d', 'e', 1), ('c', 'd', 2)]
    """
    beside: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one, other in links:
        if one != other:
            beside[one][other] += 1
            beside[other][one] += 1
    entered: dict[str, int] = {}
    for start in sorted(beside):
        if start not in entered:
            yield from _component(start, beside, entered)


def _component(
    start: str, beside: dict[str, dict[str, int]], entered: dict[str, int]
) -> Iterator[tuple[str, str, int]]:
    """Walk the component of `start`; a link is a bridge if nothing below it leads back above it."""
    first = len(entered)
    low: dict[str, int] = {}
    size: dict[str, int] = {}
    found: list[tuple[str, str]] = []
    waiting = [(start, "", iter(sorted(beside[start])))]
    entered[start] = low[start] = first
    size[start] = 1
    while waiting:
        node, above, others = waiting[-1]
        other = next(others, None)
        if other is None:
            waiting.pop()
            if above:
                low[above] = min(low[above], low[node])
                size[above] += size[node]
                if low[node] > entered[above] and beside[above][node] == 1:
                    found.append((above, node))
        elif other not in entered:
            entered[other] = low[other] = len(entered)
            size[other] = 1
            waiting.append((other, node, iter(sorted(beside[other]))))
        elif other != above:
            low[node] = min(low[node], entered[other])
    whole = len(entered) - first
    for one, below in found:
        yield one, below, min(size[below], whole - size[below])
