"""Links that lead to a work at another place than the link of its title does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from papergraph.extract.reading import Reading
from papergraph.iri import scheme_of
from papergraph.labels import is_label
from papergraph.model import Inline

#: A character as HTML writes it.
_CHARACTER = re.compile(r"&#?\w+;")


def also_at(reading: Reading, link: Inline, labels: Sequence[Inline]) -> list[Inline]:
    """Return which of `labels` lead to the work of the title that `link` belongs to: `[arXiv](...) [OpenReview](...)`.

    They stand behind it with nothing but labels between, and each in a scheme of its own: two arXiv ids are two works.
    """
    schemes = {scheme_of(link.identifier)}
    found: list[Inline] = []
    end = link.span.end
    for label in labels:
        if label.span.start < link.span.end:
            continue
        between = _CHARACTER.sub("", reading.text[end : label.span.start])
        if any(c.isalnum() for c in between) and not is_label(between):
            break
        scheme = scheme_of(label.identifier)
        if scheme and scheme not in schemes:
            schemes.add(scheme)
            found.append(label)
        end = label.span.end
    return found
