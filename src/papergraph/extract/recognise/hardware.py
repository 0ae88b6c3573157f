"""Hardware that has no name: it is described by its number or its memory."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.quantities import find_quantities
from papergraph.model import Mention


def recognise_hardware(context: Context) -> Iterator[Mention]:
    """Yield hardware that is described by its number or its memory; the gazetteer finds what has a name of its own."""
    for quantity in find_quantities(context.reading):
        yield quantity.mention
