"""A timeline as items: one for each work, under its year."""

from __future__ import annotations

from papergraph.insight.timeline import Event, Timeline
from papergraph.mcp.found import Item, quotes_of, short_id
from papergraph.report.timeline import describe_event

_UNDATED = "without a year"


def timeline_items(timeline: Timeline, base: str) -> tuple[Item, ...]:
    """Return the works by year; those without one come last."""
    return tuple(_event(event, base) for event in timeline.events)


def _event(event: Event, base: str) -> Item:
    about = describe_event(event)
    best = max((e.confidence for e in event.evidence), default=None)
    return Item(
        f"{event.label}: {about}" if about else event.label,
        event.year or _UNDATED,
        (short_id(event.iri, base),),
        best,
        quotes_of(event.evidence),
        len(event.evidence),
    )
