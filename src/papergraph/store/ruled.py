"""What of a graph stands without a language model."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from papergraph.assemble.tally import ASSERTED, combined_confidence
from papergraph.model import Graph, Relation


def leave_out_model(graph: Graph) -> Graph:
    """Return a graph without the evidence of language models, and without the claims that have no other.

    The other claims are as sure as the rules make them, and asserted if that is enough. Names stay: a graph does not
    keep who found one. What a model outweighed when the graph was built is not in it, so does not come back.
    """
    return replace(graph, relations=tuple(_relations(graph)), threshold=_threshold(graph))


def _relations(graph: Graph) -> Iterator[Relation]:
    for relation in graph.relations:
        evidence = tuple(e for e in relation.evidence if e.tier != "model")
        if len(evidence) == len(relation.evidence):
            yield relation
        elif evidence:
            yield replace(relation, evidence=evidence, confidence=combined_confidence(list(evidence)))


def _threshold(graph: Graph) -> float:
    """Return the threshold of a graph, of which the graph shows only between which two claims it lies."""
    positive = [r for r in graph.relations if r.polarity == "positive"]
    highest = min((r.confidence for r in positive if graph.asserts(r)), default=1.0)
    lowest = max((r.confidence for r in positive if not graph.asserts(r)), default=0.0)
    return min(max(ASSERTED, math.nextafter(lowest, 1.0)), highest)
