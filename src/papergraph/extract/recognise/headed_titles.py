"""Headings of one list that are titles: where most of them say apart what each work is, the others are titles too."""

from __future__ import annotations

from papergraph.extract.reading import Reading
from papergraph.extract.recognise.presented import has_parts_of_work
from papergraph.extract.sections import heading_role
from papergraph.extract.title_shapes import is_title
from papergraph.extract.word_lists import is_template_heading
from papergraph.text.folding import is_chinese

#: Headings of a list that present a work at least, and their share.
_FEWEST, _SHARE = 3, 0.6
#: Works below the heading of a list.
_SEVERAL = 2


def is_among_titles(reading: Reading, index: int) -> bool:
    """Tell whether a heading that may be a title stands in a list of headings most of which present a work each."""
    block = reading.document.blocks[index]
    if block.depth == 1 or not _may_be_title(reading, index):
        return False
    level = reading.siblings[index]
    presented = reading.once(_presented_from, level[0])
    return presented >= _FEWEST and presented >= _SHARE * len(level)


def files_under_technique(reading: Reading, index: int, title: str, identifiers: tuple[str, ...]) -> bool:
    """Tell whether a heading names a known technique or topic, no work of these identifiers, over several items."""
    known = [e for e in reading.vocabulary.find(title) if e.type in {"Method", "Topic"}]
    if not known or any(e.source and e.source in identifiers for e in known):
        return False
    blocks = reading.document.blocks
    below = [blocks[i] for i in reading.section(index)]
    return sum(b.kind == "heading" or (b.kind == "item" and b.parent < 0) for b in below) >= _SEVERAL


def _presented_from(reading: Reading, first: int) -> int:
    """Return how many headings present a work each, of those on the level of which this one is the first."""
    return sum(_presents_work(reading, index) for index in reading.siblings[first])


def _presents_work(reading: Reading, index: int) -> bool:
    return _may_be_title(reading, index) and has_parts_of_work(reading, index, reading.section_ends[index], labels=True)


def _may_be_title(reading: Reading, index: int) -> bool:
    text = reading.document.blocks[index].span.of(reading.text)
    return is_title(text) and not is_chinese(text) and not is_template_heading(text) and not heading_role(text)
