"""Pages from templates, for what only a server shows."""

from __future__ import annotations

from papergraph.web.templates import render

__all__ = ["render"]
