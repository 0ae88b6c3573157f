"""The same graph on any SPARQL 1.1 server: reading it there, and putting it there."""

from papergraph.ask.remote.endpoint import Endpoint
from papergraph.ask.remote.graph import PUBLISHED, RemoteGraph
from papergraph.ask.remote.publish import Published, publish

__all__ = ["PUBLISHED", "Endpoint", "Published", "RemoteGraph", "publish"]
