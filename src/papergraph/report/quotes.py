"""A sentence with its place on one line of a terminal."""

from __future__ import annotations

from papergraph.report.lineage import Style
from papergraph.text.terminal import columns, printable, shorten

#: Columns that a sentence takes at least, however long its place is.
_LEAST = 20


def quote_line(note: str, line: int, sentence: str, *, indent: int, width: int, style: Style) -> str:
    """Return the place and the sentence, indented, in at most `width` columns.

    >>> quote_line("a.md", 3, "A extends B, as the note says.", indent=2, width=32, style=lambda text, _: text)
    '  a.md:3  A extends B, as the n…'
    """
    place = printable(f"{note}:{line}")
    quote = shorten(printable(sentence), max(_LEAST, width - columns(place) - indent - 2))
    return f"{' ' * indent}{style(place, 'place')}  {style(quote, 'quote')}"
