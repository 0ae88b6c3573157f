"""How the page of a part of the graph opens."""

from __future__ import annotations

from papergraph.insight.part import Part
from papergraph.page.page import Opening, Way

#: The page shows no more of a neighbourhood at once.
_MOST_HOPS = 3


def opening_of(part: Part, centre: str | None) -> Opening:
    """Return how the page of a part opens: with its focus, else its lineage, else as a map, `centre` selected."""
    if part.focus:
        return Opening("focus", centre, hops=min(part.hops, _MOST_HOPS))
    if part.lineage:
        way: Way = "both" if part.direction is None else "up" if part.direction == "upstream" else "down"
        return Opening("lineage", centre, way=way)
    return Opening(centre=centre)
