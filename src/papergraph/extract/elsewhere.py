"""Links that lead to a work at another place than the link of its title does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from papergraph.extract.reading import Reading
from papergraph.model import Block, Inline
from papergraph.ontology.identifiers import scheme_of
from papergraph.vocabulary.link_labels import is_label

#: A character as HTML writes it.
_CHARACTER = re.compile(r"&#?\w+;")
#: No title has more labels behind it.
_MOST = 12


def also_at(reading: Reading, link: Inline, labels: Sequence[Inline]) -> list[Inline]:
    """Return which of `labels`, in order, lead where `link` does: `[A title](...arXiv...) [OpenReview](...)`.

    They stand behind it, nothing but labels between, each in a scheme of its own: two arXiv ids are two works.
    """
    known = {scheme_of(link.identifier): link.identifier}
    found: list[Inline] = []
    end = link.span.end
    first = bisect_left(labels, end, key=lambda i: i.span.start)
    for label in labels[first : first + _MOST]:
        between = _CHARACTER.sub("", reading.text[end : label.span.start])
        if any(c.isalnum() for c in between) and not is_label(between):
            break
        if label.identifier and label.identifier not in known.values():
            if not (scheme := scheme_of(label.identifier)) or scheme in known:
                break
            known[scheme] = label.identifier
            found.append(label)
        end = label.span.end
    return found


def stands_alone(reading: Reading, block: Block, labels: Sequence[Inline]) -> bool:
    """Tell whether a block only says where to go, and all its links are among `labels`: `论文：[链接](...)`."""
    links = [i for i in block.inlines if i.kind in {"link", "url", "image"}]
    if not links or len(labels) < len(links):
        return False
    pieces, end = [], block.span.start
    for link in links:
        pieces.append(reading.text[end : link.span.start])
        end = max(end, link.span.end)
    rest = _CHARACTER.sub("", "".join([*pieces, reading.text[end : block.span.end]]))
    return not any(c.isalnum() for c in rest) or is_label(rest)
