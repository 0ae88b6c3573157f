"""What the notes lack as items: one for each gap, under its kind, with its reason."""

from __future__ import annotations

from papergraph.insight.gaps import Gap, Gaps
from papergraph.mcp.found import Item, quotes_of, short_id


def gap_items(gaps: Gaps, kind: str, base: str) -> tuple[Item, ...]:
    """Return the gaps of a kind, of all kinds for the empty string."""
    return tuple(_gap(gap, base) for gap in gaps.gaps if kind in {"", gap.kind})


def _gap(gap: Gap, base: str) -> Item:
    ids = tuple(short_id(iri, base) for iri in gap.about)
    best = max((e.confidence for e in gap.evidence), default=None)
    return Item(f"{gap.label}: {gap.reason}", gap.kind, ids, best, quotes_of(gap.evidence), len(gap.evidence))
