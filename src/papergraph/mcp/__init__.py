"""The graph for assistants, over the Model Context Protocol: tools, resources and prompts, for reading only.

Needs `pip install 'papergraph[mcp]'`. Answers are those of `insight`, bounded in size and in pages; every one carries
the sentence, note and line that it rests on, marked as data. Queries run under the limits of the server.
"""

from __future__ import annotations

from papergraph.mcp.run import http_app, run_stdio
from papergraph.mcp.server import make_server

__all__ = ["http_app", "make_server", "run_stdio"]
