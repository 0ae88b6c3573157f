"""What a note says in text that is struck out, which its author has taken back: `~~Quest outperforms H2O~~`."""

from __future__ import annotations

from papergraph.extract.context import Context
from papergraph.model import RelationMention


def is_struck_out(context: Context, claim: RelationMention) -> bool:
    """Tell whether a sentence says something in text that is struck out; a finished task still lists its work."""
    if claim.tier != "prose":
        return False
    first, last = sorted(context.mentions[i].span for i in (claim.subject, claim.object))
    block = context.document.blocks[max(0, context.block_of(claim.object))]
    return any(i.kind == "strike" and i.span.covers(first) and i.span.covers(last) for i in block.inlines)
