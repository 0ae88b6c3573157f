"""Answers as text: lineage as tree, Markdown, JSON, Mermaid, DOT, HTML or SVG, and the profile of one entity."""

from papergraph.report.lineage import LINEAGE_FORMATS, render_lineage, render_lineages
from papergraph.report.notebook import answer_table, profile_table
from papergraph.report.show import profile_record, render_profile
from papergraph.text.terminal import printable, shorten

__all__ = [
    "LINEAGE_FORMATS",
    "answer_table",
    "printable",
    "profile_record",
    "profile_table",
    "render_lineage",
    "render_lineages",
    "render_profile",
    "shorten",
]
