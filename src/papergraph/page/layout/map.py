"""The map of a whole graph."""

from __future__ import annotations

from papergraph.model import Graph
from papergraph.page.layout.keep import Kept
from papergraph.page.layout.regions import Layout


def lay_out(graph: Graph, kept: Kept | None = None) -> Layout:
    """Return the map of a graph, the same for the same graph; from `kept`, everything that stood there stays.

    If fewer than half of what has relations is known from before, the map is drawn afresh.
    """
    from papergraph.page.layout.fresh import draw_sketch
    from papergraph.page.layout.grow import grow_sketch
    from papergraph.page.layout.labels import name_regions
    from papergraph.page.layout.links import weigh_links
    from papergraph.page.layout.shelf import fill_shelf

    links = weigh_links(graph)
    sketch = (grow_sketch(graph, links, kept) if kept else None) or draw_sketch(links)
    shelf = sketch.shelf_top()
    fill_shelf(links, sketch, shelf)
    return Layout(
        tuple((round(x), round(y)) for x, y in sketch.places.tolist()),
        tuple(sketch.homes.tolist()),
        name_regions(graph, links, sketch.homes, sketch.regions),
        shelf,
    )
