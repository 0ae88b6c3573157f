"""The interactive page."""

from papergraph.model import Graph


def render_view(graph: Graph, *, title: str = "papergraph", focus: str | None = None, hops: int = 2) -> str:
    return ""
