"""papergraph for Python programs and notebooks."""

from papergraph.api.building import build, corrections, open_graph
from papergraph.api.graph import KnowledgeGraph

__all__ = ["KnowledgeGraph", "build", "corrections", "open_graph"]
