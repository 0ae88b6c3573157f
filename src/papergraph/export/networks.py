"""The graph as nodes and edges, for networkx, Gephi, yEd and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from papergraph.model import Entity, Graph, Relation
from papergraph.rdf import translated_label
from papergraph.text.folding import is_chinese

if TYPE_CHECKING:
    import networkx

_XML_UNFIT = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]")


def to_networkx(graph: Graph) -> networkx.MultiDiGraph[str]:
    """Return the graph for networkx: a node per entity, an edge per positive claim, keyed by its predicate.

    A MultiDiGraph, since two entities may be related in several ways.
    """
    import networkx as nx

    result: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in graph.entities:
        result.add_node(entity.iri, **_node(entity))
    for relation in graph.relations:
        if relation.polarity == "positive":
            result.add_edge(relation.subject, relation.object, key=relation.predicate, **_edge(relation))
    return result


def _node(entity: Entity) -> dict[str, str | int]:
    label, other = _plain(entity.label), _plain(translated_label(entity))
    node: dict[str, str | int] = {"label": label, "type": entity.type, "mentions": len(entity.places)}
    if chinese := label if is_chinese(label) else other:
        node["label_zh"] = chinese
    for key, value in entity.attributes:
        node.setdefault(_plain(key), _plain(value))  # of several values the first; a node holds one
    return node


def _edge(relation: Relation) -> dict[str, str | int | float]:
    edge: dict[str, str | int | float] = {
        "predicate": relation.predicate,
        "confidence": relation.confidence,
        "evidence_count": len(relation.evidence),
    }
    if relation.evidence:
        best = min(relation.evidence, key=lambda e: (-e.confidence, e.iri))
        edge |= {"sentence": _plain(best.sentence), "place": _plain(f"{best.note}:{best.line}")}
    return edge


def to_graphml(graph: Graph) -> str:
    """Return GraphML, with typed attributes."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(to_networkx(graph), named_key_ids=True)) + "\n"


def to_gexf(graph: Graph) -> str:
    """Return GEXF."""
    import networkx as nx

    text = "\n".join(nx.generate_gexf(to_networkx(graph)))
    # networkx writes today's date into the file; the graph knows no clock.
    return re.sub(r'<meta lastmodifieddate="[^"]*">', "<meta>", text) + "\n"


def _plain(text: str) -> str:
    """Return the text without what XML 1.0 forbids."""
    return _XML_UNFIT.sub("\ufffd", text)
