"""The page of what the notes lack: what to read next, and missing facts, each with its reason and places."""

from __future__ import annotations

from dataclasses import dataclass

from papergraph.insight.gaps import GAPS, Gap, Gaps, find_gaps
from papergraph.web.view import Page, ShownPlace, View

PATH = "/gaps"
#: Gaps of each kind on the page.
_MOST = 12


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A gap with where its parts lead."""

    parts: tuple[tuple[str, str], ...]
    """Label and address of each entity."""
    reason: str
    places: tuple[ShownPlace, ...]


def gaps_page(view: View) -> Page:
    """Return the page, by kind of gap; works without scripts."""
    found = _found(view)
    kinds = [
        (key, number, [_shown(view, gap) for gap in found.gaps if f"gap_{gap.kind.replace(' ', '_')}" == key])
        for key, number in gap_counts(view)
    ]
    return Page("gaps.html.j2", PATH, view.words("gaps"), {"kinds": kinds})


def gap_counts(view: View) -> list[tuple[str, int]]:
    """Return the key of each kind of gap that there is, and how many there are."""
    totals = dict(_found(view).totals)
    return [(f"gap_{kind.replace(' ', '_')}", totals[kind]) for kind, _ in GAPS if totals.get(kind)]


def to_read(view: View, most: int) -> list[ShownGap]:
    """Return what to read next, the most wanted first."""
    return [_shown(view, gap) for gap in _found(view).gaps if gap.kind == "unread"][:most]


def _found(view: View) -> Gaps:
    return view.remember("gaps", lambda: find_gaps(view.store, most=_MOST))


def _shown(view: View, gap: Gap) -> ShownGap:
    words = view.words
    parts = tuple((name, view.path(iri)) for name, iri in zip(gap.names, gap.about, strict=True))
    reason = words(f"why_{gap.kind.replace(' ', '_')}", **dict(gap.facts)) if words.language == "zh" else gap.reason
    return ShownGap(parts, reason, view.places(gap.evidence))
