"""Where everything of a graph stands on the page: a map of communities, which stays as people have learnt it."""

from papergraph.page.layout.keep import Kept, keep, read_kept, write_kept
from papergraph.page.layout.map import lay_out
from papergraph.page.layout.regions import Layout, Region

__all__ = ["Kept", "Layout", "Region", "keep", "lay_out", "read_kept", "write_kept"]
