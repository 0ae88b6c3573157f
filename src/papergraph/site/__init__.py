"""`papergraph site`: the pages of `papergraph.web` as files that work from a disk and on any host, without a server."""

from __future__ import annotations

from papergraph.site.files import Written
from papergraph.site.write import SiteOptions, write_site

__all__ = ["SiteOptions", "Written", "write_site"]
