"""The graph over HTTP, for reading only: SPARQL 1.1 Protocol, Graph Store Protocol, and a page for every IRI.

Needs `pip install 'papergraph[serve]'`. Whatever a stranger may send is answered, or refused, within limits: queries
run in worker processes that may be killed, only hosts and origins that are allowed are heard, nothing is written.
"""

from __future__ import annotations

from papergraph.serve.app import make_app
from papergraph.serve.run import serve_forever
from papergraph.serve.settings import Settings

__all__ = ["Settings", "make_app", "serve_forever"]
