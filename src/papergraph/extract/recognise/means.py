"""The technique at the end of a title by means of which its work does what it does: `... via Keypoint Estimation`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.word_lists import is_generic, is_task, word_set
from papergraph.model import Mention, Span
from papergraph.ontology.kinds import THINGS

_MEANS = re.compile(
    r"\b(?:via|through|using)\s+((?:[A-Z][A-Za-z-]{2,20}\s+){1,3}[A-Z][A-Za-z-]{3,20})"
    r"(?=\s*$|\s+(?:for|in|of|on|under|at|to)\b|\s*[.,:(\[])",
)


def recognise_means(context: Context) -> Iterator[Mention]:
    """Yield the phrase behind `via` or `through` in an English title, unless a name in it is known."""
    for paper in context.papers:
        for match in _MEANS.finditer(paper.surface):
            span = Span(paper.span.start + match.start(1), paper.span.start + match.end(1))
            if _names_technique(match[1]) and next(_overlapping(context, span), None) is None:
                yield context.mention(span, "Method", "means")


def _names_technique(phrase: str) -> bool:
    words = [word.casefold() for word in phrase.split()]
    if is_generic(phrase) or is_task(phrase) or not word_set("titles", "no_means").isdisjoint(words):
        return False
    return words[-1] not in word_set("titles", "subjects") and words[0] not in word_set("titles", "describing")


def _overlapping(context: Context, span: Span) -> Iterator[Mention]:
    return (m for m in context.mentions if m.type in THINGS and m.span.start < span.end and span.start < m.span.end)
