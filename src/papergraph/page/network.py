"""The graph as a pyvis network, and the drawing engine that pyvis ships."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from papergraph.model import Graph
from papergraph.page.layout import Layout
from papergraph.page.payload import drawn_relations

if TYPE_CHECKING:
    from pyvis.network import Network

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": False,
        "selectable": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 10_000_000,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": False},
    },
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}},
}


def to_pyvis(graph: Graph, layout: Layout) -> Network:
    """Return a pyvis network of the graph: positions of the map, physics off, nodes numbered as in the page.

    What people know from pyvis works on it; its own template is neither offline nor safe, see docs/decisions/0004.
    """
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    numbers = {e.iri: n for n, e in enumerate(graph.entities)}
    # Assigned directly: add_edge scans all edges, and add_node rewrites labels.
    network.nodes = [
        {"id": n, "label": e.label, "group": e.type, "x": x, "y": y, "physics": False}
        for n, (e, (x, y)) in enumerate(zip(graph.entities, layout.places, strict=True))
    ]
    network.edges = [
        {"id": n, "from": numbers[r.subject], "to": numbers[r.object], "title": r.predicate, "arrows": "to"}
        for n, r in enumerate(drawn_relations(graph))
    ]
    network.node_ids = list(range(len(network.nodes)))
    network.node_map = {node["id"]: node for node in network.nodes}
    network.options = dict(_OPTIONS)
    return network


@cache
def drawing_engine() -> str:
    """Return the source of vis-network as pyvis ships it."""
    found = importlib.util.find_spec("pyvis")
    folder = Path(found.origin).parent if found and found.origin else Path()
    return (folder / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8").strip()
