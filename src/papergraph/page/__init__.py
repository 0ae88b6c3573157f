"""The interactive page."""

from papergraph.page.page import Opening, Page, make_page, render_view

__all__ = ["Opening", "Page", "make_page", "render_view"]
