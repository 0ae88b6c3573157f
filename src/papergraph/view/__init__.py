"""The interactive page."""

from papergraph.view.page import render_view

__all__ = ["render_view"]
