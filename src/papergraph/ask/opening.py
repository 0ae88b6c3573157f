"""Opening a graph as the settings say: a store on this machine, or a graph on a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.ask.local import StoredGraph
from papergraph.config import Config

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint
    from papergraph.ask.source import Source


def open_source(config: Config, *, endpoint: Endpoint | None = None, at_once: bool = True) -> Source:
    """Open the graph at `endpoint`, whose IRIs begin with the base of the settings; without one the settings' store.

    A store is opened now, or, unless `at_once`, with the first question: a worker process needs no other that has it
    open, and starts sooner without.

    Raises:
        StoreError: if there is no store, or it is damaged.
        EndpointError: if the server does not answer, or holds no such graph.
    """
    if endpoint is not None:
        from papergraph.ask.remote import RemoteGraph

        return RemoteGraph(endpoint, config.base)
    return open_stored(Path(config.store), at_once=at_once)


def open_stored(folder: Path, *, at_once: bool = True) -> StoredGraph:
    """Open the store in `folder`, now or with the first question; raises StoreError when it is opened."""
    stored = StoredGraph(folder)
    if at_once:
        stored.open()
    return stored
