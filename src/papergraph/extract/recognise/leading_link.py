"""The address of a work in a line above its title: `[paper](https://arxiv.org/abs/...)`, then `# The Full Title`."""

from __future__ import annotations

from papergraph.extract.elsewhere import stands_alone
from papergraph.extract.reading import Reading, lists_papers
from papergraph.extract.recognise.link_label import is_link_label
from papergraph.extract.recognise.title_span import title_span
from papergraph.extract.title_shapes import is_title, names_collection
from papergraph.model import Inline
from papergraph.ontology.identifiers import scheme_of

#: Lines above a title that may say where its work is.
_MOST_LINES = 3


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
