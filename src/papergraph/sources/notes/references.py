"""Footnotes and lines of a bibliography that CommonMark takes for one paragraph: no empty lines part them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from papergraph.model import Inline, Span

_BEGINNING = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*\[(?:\^[^\[\]\s]{1,40}\]:|\d{1,3}\][ \t])")


def split_references(text: str, span: Span, inlines: Iterable[Inline]) -> list[tuple[Span, list[Inline]]]:
    r"""Return each of several references that make up a paragraph, with its markup; none of other paragraphs.

    >>> [piece.of(text) for text in ["[1] Zorb\n[2] Quill"] for piece, _ in split_references(text, Span(0, 19), [])]
    ['[1] Zorb\n', '[2] Quill']
    """
    if text.find("[", span.start, span.end) < 0:
        return []
    starts = [match.start() for match in _BEGINNING.finditer(text, span.start, span.end)]
    if len(starts) < 2 or starts[0] != span.start:
        return []
    ordered = sorted(inlines, key=lambda inline: inline.span.start)
    places = [inline.span.start for inline in ordered]
    return [
        (Span(start, end), ordered[bisect_left(places, start) : bisect_left(places, end)])
        for start, end in pairwise([*starts, span.end])
    ]
