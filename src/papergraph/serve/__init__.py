"""The graph over HTTP, for reading only: SPARQL 1.1 Protocol, Graph Store Protocol, and a page for every IRI.

Needs `pip install 'papergraph[serve]'`. Untrusted requests are answered within limits, or refused: queries run in
worker processes that can be killed, only allowed hosts and origins are accepted, and nothing is written.
"""

from __future__ import annotations

from papergraph.serve.app import make_app
from papergraph.serve.run import serve_forever
from papergraph.serve.settings import Settings

__all__ = ["Settings", "make_app", "serve_forever"]
