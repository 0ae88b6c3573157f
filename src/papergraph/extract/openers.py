"""What a block may open with so that it is about a work: a title or a name close to its start."""

from __future__ import annotations

from papergraph.extract.reading import Reading
from papergraph.model import Mention

#: How sure a head must be to open an entry by itself.
_SURE_HEAD = 0.8
#: How many characters may stand in a block before the title or name that it opens with: a date, a venue, a mark.
LONGEST_LEAD = 60


def is_sure_head(reading: Reading, mention: Mention) -> bool:
    """Tell whether a mention is a name at the head of a block that is surely the name of a work."""
    return reading.has_role(mention, "opens-entry") and mention.confidence >= _SURE_HEAD
