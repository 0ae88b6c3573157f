"""Which mentions stand: those that no longer or more trusted one displaces, and that name no field of research."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papergraph.extract.context import Context
from papergraph.extract.select import select_mentions
from papergraph.model import Mention


def drop_fields(context: Context) -> Iterator[Mention]:
    """Yield all but methods that are really the field of research that a category names, such as KV Cache Eviction."""
    categories = {m.span for m in context.mentions if m.type == "Topic"}
    for mention in context.mentions:
        is_field = any(e.type == "Topic" for e in context.vocabulary.find(mention.name))
        if mention.type == "Topic" or mention.span not in categories or not is_field:
            yield mention


def keep_standing(context: Context) -> Iterable[Mention]:
    """Return the mentions that stand, sorted by place."""
    return select_mentions(context.reading.rules, context.mentions)
