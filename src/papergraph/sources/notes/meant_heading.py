"""Headings that CommonMark does not know as such, `##Abstract`, and paragraphs that it takes for headings."""

from __future__ import annotations

import re

from papergraph.model import Span

_LONGEST_SETEXT = 100
#: How far a title may stand from the `#` before it.
_LONGEST_MARKERS = 1000
#: Several marks before a word, or one before a line of several words in which no other tag stands.
_MARKED = re.compile(
    r"(?P<marks>#{2,6}(?=[^\W_])|#(?=[^\W_][^\s#]*+(?:[ \t]++[^\s#][^\s#]*+){2}))(?P<title>[^\r\n#]{2,200})(?:[\r\n]|$)"
)


def meant_heading(text: str, span: Span, *, opens: bool) -> tuple[int, Span] | None:
    r"""Return the level and the title of the heading that the first line of a paragraph was meant to be.

    A single mark is that of a tag, unless the line `opens` the note and holds several words.

    >>> [
    ...     meant_heading(t, Span(0, len(t)), opens=True)
    ...     for t in ("##Abstract\nZorb ...", "#Finding Zebras by Night", "#tag")
    ... ]
    [(2, Span(start=2, end=10)), (1, Span(start=1, end=24)), None]
    """
    found = _MARKED.match(text, span.start, span.end) if text[span.start] == "#" else None
    if found is None or (len(found["marks"]) == 1 and not opens):
        return None
    end = found.start("title") + len(found["title"].rstrip())
    return len(found["marks"]), Span(found.start("title"), end)


def is_no_heading(title: str, text: str, start: int) -> bool:
    """Tell whether CommonMark took a paragraph over a row of dashes for a heading."""
    before = text[max(0, start - _LONGEST_MARKERS) : start]
    if "#" in before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]:
        return False
    return (
        len(title) > _LONGEST_SETEXT or "\n" in title or "\r" in title or title.endswith(("。", ".", "；", "：", ":"))
    )
