"""Sections of a note on one work that list other people's: `## Related papers`, 参考文献."""

from __future__ import annotations

from papergraph.extract.reading import Reading

_OF_OTHERS = frozenset({"references", "related"})


def is_on_others(reading: Reading, block: int) -> bool:
    """Tell whether a block stands in a section on other people's work that is not the first of the note."""
    if block < 0:
        return False
    part = reading.parts[block]
    return part.role in _OF_OTHERS and part.told_by not in {block, *reading.headings[:1]}
