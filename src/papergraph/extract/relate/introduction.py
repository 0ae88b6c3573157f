"""Papers introduce what their entry contributes."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.context import Context, evidence_span
from papergraph.extract.relate.title import ingredients
from papergraph.model import RelationMention


def relate_introductions(context: Context) -> Iterator[RelationMention]:
    """Yield `introduces` from each entry's paper to its contributions."""
    for entry in context.annotation.entries:
        if entry.paper < 0:
            continue
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
