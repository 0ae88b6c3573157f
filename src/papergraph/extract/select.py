"""Which of several overlapping mentions stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from papergraph.extract.rules import Rules
from papergraph.model import Mention, Span

#: Mentions of these types may hold or share the place of others: a title holds names, a heading may be a method.
_LAYERS = frozenset({"Paper", "Topic"})


def select_mentions(rules: Rules, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that stand, sorted by place: the longest first, then those of the rule with the smaller rank.

    Papers and topics are layers of their own: they may hold other mentions, but not overlap their like.
    """
    by_layer: dict[str, list[Mention]] = {}
    for mention in mentions:
        layer = mention.type if mention.type in _LAYERS else ""
        by_layer.setdefault(layer, []).append(mention)
    layers = {layer: _choose(rules, found) for layer, found in by_layer.items()}
    frames = sorted((m.span for layer in sorted(_LAYERS) for m in layers.get(layer, ())), key=lambda s: s.start)
    layers[""] = [m for m in layers.get("", ()) if not _crosses(m.span, frames)]
    kept = [m for layer in layers.values() for m in layer]
    return tuple(sorted(kept, key=lambda m: (m.span.start, -m.span.end, m.type, m.extractor)))


def _crosses(span: Span, frames: list[Span]) -> bool:
    """Tell whether a span lies partly inside a title or topic and partly outside; `frames` are sorted by start."""
    first = bisect_left(frames, span.start, key=lambda f: f.start)
    for frame in frames[max(0, first - 2) : first + 2]:
        if frame.overlaps(span) and not (frame.covers(span) or span.covers(frame)):
            return True
    return False


def _choose(rules: Rules, mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    taken: list[tuple[int, int, int]] = []  # where those kept start and end, and which they are: apart, and sorted
    for mention in sorted(mentions, key=lambda m: _order(rules, m)):
        start, end = mention.span.start, mention.span.end
        place = bisect_left(taken, (start, end))
        hit = _first_hit(taken, place, start, end)
        if hit < 0:
            taken.insert(place, (start, end, len(kept)))
            kept.append(mention)
        elif _explains(kept[hit], mention):
            kept[hit] = replace(kept[hit], vocabulary=mention.vocabulary, type=mention.type)
    return kept


def _first_hit(taken: list[tuple[int, int, int]], place: int, start: int, end: int) -> int:
    """Return which of those taken holds the first taken character from `start` to `end`; -1 for none."""
    for at in (place - 1, place):
        if 0 <= at < len(taken) and taken[at][0] < end and start < taken[at][1]:
            return taken[at][2]
    return -1


def _explains(kept: Mention, mention: Mention) -> bool:
    """Tell whether the vocabulary knows what a mention at the same place names."""
    alike = kept.type == mention.type or {kept.type, mention.type} <= {"Method", "Model"}
    return alike and kept.span == mention.span and bool(mention.vocabulary) and not kept.vocabulary


def _order(rules: Rules, mention: Mention) -> tuple[int, int, int, str]:
    rank = rules.recognisers[mention.extractor].rank
    return (mention.span.start - mention.span.end, rank, mention.span.start, mention.type)
