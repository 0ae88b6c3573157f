"""The name of a work over its title: a line or an item that is all name, above `Paper: [A Title](https://...)`."""

from __future__ import annotations

import re

from papergraph.extract.origin import is_common, may_come_from
from papergraph.extract.placed import Placed
from papergraph.extract.reading import Reading
from papergraph.extract.shapes import is_name_shaped
from papergraph.model import Mention, Span
from papergraph.ontology.kinds import THINGS
from papergraph.vocabulary.link_labels import is_label

_EDGES = re.compile(r"^(?:[\W_]|&[a-z]+;)+|[\W_]+$")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{1,90}[)）\]]")
#: A longer line is no name, and what has more items under it is no work with its paper.
_LONGEST, _MOST_ITEMS = 100, 32


def name_over(reading: Reading, places: Placed, paper: int) -> int:
    """Return the work that is all of the line right above that of a title, or of the item above; -1 for none.

    In its own line nothing stands before the title but what titles are called. Under an item it is the only paper.
    """
    mention = places.mentions[paper]
    number = reading.block_at(mention.span.start)
    block = reading.document.blocks[max(0, number)]
    if number < 0 or block.kind not in {"item", "paragraph"}:
        return -1
    line = max(block.span.start, reading.text.rfind("\n", block.span.start, mention.span.start) + 1)
    label = _EDGES.sub("", reading.text[line : mention.span.start])
    if label and not is_label(label):
        return -1
    above = _above(reading, places, number, line)
    if above is None:
        return -1
    name = _work_in(reading, places, above)
    may = name >= 0 and may_come_from(reading.vocabulary, mention, places.mentions[name], known=True)
    return name if may else -1


def _above(reading: Reading, places: Placed, number: int, line: int) -> Span | None:
    """Return the line above one, in its block or before it: the item that it hangs under, or a line in bold."""
    blocks = reading.document.blocks
    block = blocks[number]
    if line > block.span.start:
        start = reading.text.rfind("\n", block.span.start, line - 1) + 1
        return Span(max(block.span.start, start), line)
    if block.parent >= 0:
        items = reading.children[block.parent]
        papers = [i for child in items[:_MOST_ITEMS] for i in places.of_type(child, "Paper")]
        return blocks[block.parent].span if len(papers) == 1 and len(items) <= _MOST_ITEMS else None
    before = blocks[number - 1] if number else block
    bold = before.inlines[0] if before.kind == "paragraph" and before.inlines else None
    is_bold = bold is not None and bold.kind == "bold" and bold.span.start == before.span.start
    return before.span if is_bold else None


def _work_in(reading: Reading, places: Placed, line: Span) -> int:
    """Return the work that is all of a line but for numbers, brackets and signs; -1 for none."""
    if line.end - line.start > _LONGEST:
        return -1
    named = [i for i in places.inside(line) if places.mentions[i].type in THINGS]
    if not named or not _is_work(reading, places.mentions[named[0]]):
        return -1
    span = places.mentions[named[0]].span
    rest = reading.text[line.start : span.start] + _BRACKETS.sub("", reading.text[span.end : line.end])
    return -1 if any(map(str.isalpha, rest)) else named[0]


def _is_work(reading: Reading, mention: Mention) -> bool:
    """Tell whether a name is known as somebody's work or, where nobody knows it, is spelled as nothing but a name."""
    if mention.vocabulary:
        return not is_common(reading.vocabulary, mention)
    return is_name_shaped(mention.surface) and not reading.has_role(mention, "technique")
