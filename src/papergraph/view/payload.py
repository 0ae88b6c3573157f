"""What the page knows of the graph, as plain values."""

from __future__ import annotations

from collections import Counter
from typing import Any

from papergraph.model import Entity, Graph, Relation
from papergraph.view.layout import place_nodes

#: Evidence beyond this is counted, not shown: the page stays small.
_MOST_EVIDENCE = 12
#: How strongly a relation draws its ends together: a topic gathers what is filed under it, but only gently.
_WEIGHTS = {"hasTopic": 0.35, "broader": 0.35, "introduces": 3.0, "extends": 2.0, "improvesOn": 2.0}
_LINKS = (
    ("arXiv:", "https://arxiv.org/abs/"),
    ("10.", "https://doi.org/10."),
    ("OpenReview:", "https://openreview.net/forum?id="),
)


def make_payload(graph: Graph) -> dict[str, Any]:
    """Return the nodes and edges of the page; nodes are numbered in the order of their IRIs."""
    numbers = {e.iri: n for n, e in enumerate(graph.entities)}
    drawn = [r for r in graph.relations if r.subject in numbers and r.object in numbers]
    degree = Counter(iri for r in drawn for iri in (r.subject, r.object))
    links = [(numbers[r.subject], numbers[r.object], _WEIGHTS.get(r.predicate, 1.0)) for r in drawn]
    places = place_nodes(len(graph.entities), links)
    return {
        "nodes": [_node(e, n, places[n], degree[e.iri]) for n, e in enumerate(graph.entities)],
        "edges": [_edge(r, n, numbers) for n, r in enumerate(drawn)],
    }


def _node(entity: Entity, number: int, place: tuple[int, int], degree: int) -> dict[str, Any]:
    values = [[key, value] for key, value in entity.attributes if key not in {"title", "url"}]
    return {
        "id": number,
        "iri": entity.iri,
        "label": entity.label,
        "type": entity.type,
        "aliases": list(entity.aliases),
        "values": values,
        "links": [link for i in entity.identifiers if (link := _link(i))],
        "notes": sorted({p.note for p in entity.places}),
        "degree": degree,
        "x": place[0],
        "y": place[1],
    }


def _link(identifier: str) -> list[str]:
    for scheme, address in _LINKS:
        if identifier.startswith(scheme):
            return [identifier, address + identifier.removeprefix(scheme)]
    return [identifier, identifier] if identifier.startswith(("http://", "https://")) else []


def _edge(relation: Relation, number: int, numbers: dict[str, int]) -> dict[str, Any]:
    best = sorted(relation.evidence, key=lambda e: (-e.confidence, e.note, e.start))
    return {
        "id": number,
        "from": numbers[relation.subject],
        "to": numbers[relation.object],
        "predicate": relation.predicate,
        "confidence": relation.confidence,
        "negative": relation.polarity == "negative",
        "evidence": [[f"{e.note}:{e.line}", e.sentence] for e in best[:_MOST_EVIDENCE]],
        "more": max(0, len(best) - _MOST_EVIDENCE),
    }
