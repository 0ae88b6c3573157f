"""A page as a notebook shows it: in a frame of its own, which neither reads nor changes the notebook."""

from __future__ import annotations

import html


def frame(page: str, *, height: int = 640) -> str:
    """Return an iframe that holds the whole page; works without a server and without the network.

    The frame may run its own scripts, save what is exported and open links, and nothing else.
    """
    allowed = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
    return (
        f'<iframe srcdoc="{html.escape(page)}" sandbox="{allowed}" title="papergraph" loading="lazy" '
        f'style="width: 100%; height: {height}px; border: 1px solid #8884; border-radius: 8px"></iframe>'
    )
