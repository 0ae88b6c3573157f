"""Which mentions stand: those that no longer or more trusted one displaces, and that name no field of research."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from papergraph.extract.context import Context
from papergraph.extract.select import select_mentions
from papergraph.model import Mention, Span

_MEANS = re.compile(r"\b(?:with|via|using|through)\s+$", re.IGNORECASE)


def drop_fields(context: Context) -> Iterator[Mention]:
    """Yield all but methods that are really the field of research that a category names, such as KV Cache Eviction."""
    categories = {m.span for m in context.mentions if m.type == "Topic"}
    for mention in context.mentions:
        if mention.type == "Topic" or mention.span not in categories or not _is_field(context, mention):
            yield mention


def _is_field(context: Context, mention: Mention) -> bool:
    return any(e.type == "Topic" for e in context.vocabulary.find(mention.name))


def drop_in_citations(context: Context) -> Iterator[Mention]:
    """Yield all but names that stand only in titles of works that a sentence cites, and are not what these are called.

    What such a title says is of that work, which the note does not tell; a name at its start, or behind its last
    `with` or `via`, is that of the work or of what it brings.
    """
    cited = sorted(m.span for m in context.mentions if context.reading.has_role(m, "passing"))
    if not cited:
        yield from context.mentions
        return
    inside = [_is_inside(cited, m) for m in context.mentions]
    told = {(m.type, m.name.casefold()) for m, within in zip(context.mentions, inside, strict=True) if not within}
    for mention, within in zip(context.mentions, inside, strict=True):
        if not within or (mention.type, mention.name.casefold()) in told or _is_brought(context.text, within, mention):
            yield mention


def _is_inside(cited: list[Span], mention: Mention) -> Span | None:
    if mention.type == "Paper":
        return None
    before = bisect_right(cited, mention.span.start, key=lambda title: title.start)
    return cited[before - 1] if before and cited[before - 1].covers(mention.span) else None


def _is_brought(text: str, title: Span, mention: Mention) -> bool:
    if mention.span.start == title.start:
        return True
    return mention.span.end == title.end and bool(_MEANS.search(text, title.start, mention.span.start))


def keep_standing(context: Context) -> Iterable[Mention]:
    """Return the mentions that stand, sorted by place."""
    return select_mentions(context.reading.rules, context.mentions)
