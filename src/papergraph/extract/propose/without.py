"""What a note says without some of its mentions and claims."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from papergraph.model import Extraction


def without(extraction: Extraction, mentions: Set[int], relations: Set[int] = frozenset()) -> Extraction:
    """Return an extraction without the mentions and claims of these numbers, and without what is said of the mentions.

    >>> without(Extraction("a.md", "0"), {3}) == Extraction("a.md", "0")
    True
    """
    kept = [i for i in range(len(extraction.mentions)) if i not in mentions]
    now = {old: new for new, old in enumerate(kept)}
    claims = (r for i, r in enumerate(extraction.relations) if i not in relations)
    return replace(
        extraction,
        mentions=tuple(extraction.mentions[i] for i in kept),
        coreferences=tuple(
            replace(c, left=now[c.left], right=now[c.right])
            for c in extraction.coreferences
            if c.left in now and c.right in now
        ),
        attributes=tuple(replace(a, mention=now[a.mention]) for a in extraction.attributes if a.mention in now),
        relations=tuple(
            replace(r, subject=now[r.subject], object=now[r.object], dataset=now.get(r.dataset, -1))
            for r in claims
            if r.subject in now and r.object in now
        ),
    )
