"""Papers introduce what their entry contributes."""

from __future__ import annotations

from collections.abc import Iterator

from papergraph.extract.annotation import Annotation
from papergraph.extract.context import Context, evidence_span
from papergraph.extract.relate.title import ingredients
from papergraph.model import RelationMention

_CONFIDENCE = {"title-name": 0.95, "list-head": 0.9, "introduced": 0.8}


def relate_introductions(annotation: Annotation) -> Iterator[RelationMention]:
    """Yield `introduces` from each entry's paper to its contributions."""
    context = Context(annotation)
    for entry in annotation.entries:
        if entry.paper < 0:
            continue
        used = ingredients(context, entry)
        for contribution in (c for c in entry.contributions if c not in used):
            mention = context.mentions[contribution]
            if context.fits("introduces", entry.paper, contribution):
                block = annotation.document.blocks[max(0, context.block_of(contribution))]
                span = evidence_span(block, mention) if block.span.covers(mention.span) else mention.span
                confidence = _CONFIDENCE.get(mention.extractor, 0.75)
                yield context.claim(
                    entry.paper,
                    "introduces",
                    contribution,
                    span,
                    f"introduces-{mention.extractor}",
                    "structure",
                    confidence,
                )
