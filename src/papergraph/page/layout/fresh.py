"""A map that begins: nothing has its place yet."""

from __future__ import annotations

import numpy as np

from papergraph.page.layout.communities import find_communities
from papergraph.page.layout.discs import draw_discs, turn_discs
from papergraph.page.layout.inside import rooms
from papergraph.page.layout.links import Links, find_components
from papergraph.page.layout.shelf import SMALLEST_REGION
from papergraph.page.layout.sketch import Sketch


def draw_sketch(links: Links) -> Sketch:
    """Return a map of all components that are large enough; the others are to go to the shelf."""
    components = find_components(links)
    large = np.array(sorted(n for c in components if len(c) >= SMALLEST_REGION for n in c), np.intp)
    discs = draw_discs(links, find_communities(links, large), rooms(links.degrees()))
    sketch = Sketch.empty(links.count)
    turn_discs(links, discs, sketch.places)
    sketch.add(discs)
    return sketch
