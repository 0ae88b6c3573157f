"""The heading that may give the title of a note: the first, or the one right below `# Paper Notes`."""

from __future__ import annotations

from papergraph.extract.reading import Reading
from papergraph.extract.word_lists import is_container_heading, is_template_heading


def first_heading(reading: Reading) -> int:
    """Return the first heading of a note, or the one right below it where that is what the note calls itself.

    It is -1 for a note without headings.
    """
    return reading.once(_first_heading, -1)


def _first_heading(reading: Reading, _: int) -> int:
    if not reading.headings:
        return -1
    first, *later = reading.headings
    blocks = reading.document.blocks
    if later[:1] == [first + 1] and blocks[first + 1].depth > blocks[first].depth:
        text = blocks[first].span.of(reading.text)
        return first + 1 if is_template_heading(text) and not is_container_heading(text) else first
    return first
