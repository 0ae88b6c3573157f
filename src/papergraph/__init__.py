"""papergraph: reading notes in Markdown become a knowledge graph with the sentence behind every edge.

>>> import papergraph as pg
>>> pg.__version__
'0.1.0'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from papergraph.system.version import __version__

if TYPE_CHECKING:
    from papergraph.api import KnowledgeGraph, build, open_graph

__all__ = ["KnowledgeGraph", "__version__", "build", "open_graph"]


def __getattr__(name: str) -> Any:
    # The command line starts in a fraction of a second because nothing heavy is imported until it is asked for.
    if name in {"KnowledgeGraph", "build", "open_graph"}:
        from papergraph import api

        return getattr(api, name)
    raise AttributeError(f"module 'papergraph' has no attribute {name!r}")
