"""The address of a work above or before its title: `[paper](https://arxiv.org/abs/...)`, then `# The Full Title`."""

from __future__ import annotations

import re

from papergraph.extract.elsewhere import stands_alone
from papergraph.extract.reading import Reading, lists_papers
from papergraph.extract.recognise.link_label import is_link_label
from papergraph.extract.recognise.title_span import title_span
from papergraph.extract.title_shapes import is_clear_title, is_sentence, is_strong_title, is_title, names_collection
from papergraph.model import Block, Inline, Span
from papergraph.ontology.identifiers import scheme_of

#: Lines above a title that may say where its work is.
_MOST_LINES = 3
_LETTER = re.compile(r"[^\W\d_]")
#: Between the links of a line and the title behind them.
_GAP = re.compile(r"[\s|·,，/:：–—-]*")


def link_before(reading: Reading, index: int) -> Inline | None:
    """Return the first link to a paper above the note's first heading, if it is a title and only such links precede it.

    Two addresses of one scheme are those of two works, and say nothing.
    """
    blocks = reading.document.blocks
    if index != reading.headings[0] or not 0 < index <= _MOST_LINES or lists_papers(reading, index):
        return None
    span = title_span(reading, blocks[index].span.start, blocks[index].span.end)
    if span is None or not is_title(span.of(reading.text)) or names_collection(span.of(reading.text)):
        return None
    for before in range(index):
        labels = [i for i in blocks[before].inlines if is_link_label(reading, i)]
        if blocks[before].kind == "cell" or not stands_alone(reading, blocks[before], labels):
            return None
    links = [link for before in range(index) for link in reading.paper_links[before]]
    identifiers = dict.fromkeys(link.identifier for link in links)
    schemes = {scheme_of(identifier) for identifier in identifiers}
    return links[0] if links and len(schemes) == len(identifiers) else None


def title_below(reading: Reading, index: int, link: Inline) -> str:
    """Return the title that is all of the line in bold type below the address with which a note opens; empty if none.

    `https://arxiv.org/abs/2401.00001`, then `**A Title**`.
    """
    blocks = reading.document.blocks
    if index or len(blocks) < 2 or link.span != blocks[0].span or blocks[1].kind != "paragraph":
        return ""
    inner = next((i.inner for i in blocks[1].inlines if i.inner and i.span == blocks[1].span), None)
    title = inner.of(reading.text).strip() if inner else ""
    return title if is_strong_title(title) else ""


def title_behind(reading: Reading, block: Block, link: Inline) -> Span | None:
    """Return the title behind the label with which a line begins: `[![badge](...)](...) **A Title** (Makers)`."""
    start = max(block.span.start, reading.text.rfind("\n", block.span.start, link.span.start) + 1)
    if not is_link_label(reading, link) or _LETTER.search(reading.text, start, link.span.start):
        return None
    end = reading.text.find("\n", link.span.end, block.span.end)
    end, place = block.span.end if end < 0 else end, link.span.end
    links = [i for i in block.inlines if i.kind in {"link", "url"} and place <= i.span.start < end]
    for other in links:
        gap = _GAP.match(reading.text, place)
        if gap is None or gap.end() != other.span.start or not is_link_label(reading, other):
            end = other.span.start
            break
        place = other.span.end
    place = gap.end() if (gap := _GAP.match(reading.text, place, end)) else place
    bold = next((i.inner for i in block.inlines if i.kind == "bold" and i.span.start == place and i.inner), None)
    span = bold or (title_span(reading, place, end) if place < end else None)
    title = span.of(reading.text) if span else ""
    return span if is_clear_title(title) or (bold and is_title(title) and not is_sentence(title)) else None
