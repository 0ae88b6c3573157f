"""Papers introduce what their entry contributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papergraph.extract.context import Context, evidence_span
from papergraph.extract.relate.title import ingredients
from papergraph.extract.word_lists import word_pattern
from papergraph.model import RelationMention


@cache
def _documents() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{word_pattern('title-relations', 'documents')})\b", re.IGNORECASE)


def relate_introductions(context: Context) -> Iterator[RelationMention]:
    """Yield `introduces` from each entry's paper to its contributions."""
    for entry in context.annotation.entries:
        if entry.paper < 0:
            continue
        if _documents().search(context.mentions[entry.paper].name):
            continue  # a page of a manual introduces nothing
        used = ingredients(context, entry)
        for contribution in (c for c in entry.contributions if c not in used):
            mention = context.mentions[contribution]
            presented = context.has_role(contribution, "introduced")
            if presented and not context.may_introduce(entry.paper, contribution, known=False):
                continue
            if context.fits("introduces", entry.paper, contribution):
                block = context.document.blocks[max(0, context.block_of(contribution))]
                span = evidence_span(block, mention) if block.span.covers(mention.span) else mention.span
                yield context.claim(
                    entry.paper,
                    "introduces",
                    contribution,
                    span,
                    f"introduces-{mention.extractor}",
                    "structure",
                )
