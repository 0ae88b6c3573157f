"""How strongly the things of a graph belong together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from papergraph.model import Graph, Predicate, Relation
from papergraph.page.layout.arrays import Flags, Floats, Ints

#: How strongly a relation draws its ends together. Where something was made or measured says little about its subject.
_STRENGTHS: Final[dict[Predicate, float]] = {
    "introduces": 3.0,
    "extends": 2.0,
    "improvesOn": 2.0,
    "uses": 1.0,
    "outperforms": 0.7,
    "comparedWith": 0.7,
    "hasTopic": 0.5,
    "broader": 0.5,
    "evaluatedOn": 0.5,
    "trainedOn": 0.5,
    "authoredBy": 0.3,
    "targetsHardware": 0.15,
    "measuredOn": 0.15,
    "affiliatedWith": 0.1,
}
_NEGATIVE = 0.25
#: Neighbours above which each single link of a thing says less; without this, hubs would glue everything together.
_HUB = 4

#: What a thing is linked with, and how strongly.
Neighbours: TypeAlias = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Links:
    """Weighted links between the numbers 0 to count - 1: each pair once, sorted, with the smaller number left."""

    count: int
    left: Ints
    right: Ints
    weights: Floats

    def degrees(self) -> Ints:
        """Return how many neighbours each number has."""
        return np.bincount(np.concatenate((self.left, self.right)), minlength=self.count)

    def among(self, nodes: Ints) -> Links:
        """Return the links between some numbers, which are counted anew in the order given."""
        number = np.full(self.count, -1, np.intp)
        number[nodes] = np.arange(len(nodes))
        left, right = number[self.left], number[self.right]
        inside = (left >= 0) & (right >= 0)
        left, right = left[inside], right[inside]
        return Links(len(nodes), np.minimum(left, right), np.maximum(left, right), self.weights[inside])

    def only(self, kept: Flags) -> Links:
        """Return the links of which both ends are kept, under the same numbers."""
        return self._chosen(kept[self.left] & kept[self.right])

    def within(self, groups: Ints) -> Links:
        """Return the links of which both ends are in the same group, under the same numbers."""
        return self._chosen(groups[self.left] == groups[self.right])

    def _chosen(self, chosen: Flags) -> Links:
        return Links(self.count, self.left[chosen], self.right[chosen], self.weights[chosen])

    def neighbours(self) -> list[Neighbours]:
        """Return for each number what it is linked with and how strongly, the strongest first."""
        around: list[Neighbours] = [[] for _ in range(self.count)]
        for a, b, weight in zip(self.left.tolist(), self.right.tolist(), self.weights.tolist(), strict=True):
            around[a].append((b, weight))
            around[b].append((a, weight))
        return [sorted(found, key=lambda link: (-link[1], link[0])) for found in around]

    def between(self, groups: Ints, count: int) -> Floats:
        """Return the summed weight of the links between each two of `count` groups; -1 stands for no group."""
        a, b = groups[self.left], groups[self.right]
        apart = (a >= 0) & (b >= 0) & (a != b)
        sums = np.bincount(a[apart] * count + b[apart], self.weights[apart], count * count).reshape(count, count)
        return np.asarray(sums + sums.T, np.float64)


def weigh_links(graph: Graph) -> Links:
    """Return the links of a graph; relations of a thing to itself, or to what is not in the graph, make none."""
    numbers = {e.iri: n for n, e in enumerate(graph.entities)}
    strengths: defaultdict[tuple[int, int], float] = defaultdict(float)
    for relation in graph.relations:
        a, b = numbers.get(relation.subject, -1), numbers.get(relation.object, -1)
        if a >= 0 and b >= 0 and a != b:
            strengths[min(a, b), max(a, b)] += _strength(relation)
    pairs = sorted(strengths)
    ends = np.array(pairs, np.intp).reshape(-1, 2)
    links = Links(len(graph.entities), ends[:, 0], ends[:, 1], np.array([strengths[p] for p in pairs], np.float64))
    degrees = links.degrees()
    busier = np.maximum(degrees[links.left], degrees[links.right])
    return Links(links.count, links.left, links.right, links.weights / np.sqrt(np.maximum(busier / _HUB, 1.0)))


def find_components(links: Links) -> list[list[int]]:
    """Return the numbers that hang together, each component sorted, in the order of their first members."""
    around = links.neighbours()
    seen = [False] * links.count
    components: list[list[int]] = []
    for start in range(links.count):
        if seen[start]:
            continue
        seen[start] = True
        reached = [start]
        for node in reached:
            for other, _ in around[node]:
                if not seen[other]:
                    seen[other] = True
                    reached.append(other)
        components.append(sorted(reached))
    return components


def _strength(relation: Relation) -> float:
    return _STRENGTHS[relation.predicate] * (_NEGATIVE if relation.polarity == "negative" else 1.0)
