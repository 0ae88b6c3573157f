"""The interactive page."""

from papergraph.view.page import Opening, Page, make_page, render_view

__all__ = ["Opening", "Page", "make_page", "render_view"]
