"""The page of what the notes lack: what to read next, and missing facts, each with its reason and places."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.insight.gaps import GAPS, Gap, find_gaps
from papergraph.serve.address import path_of, service_of
from papergraph.serve.places import ShownPlace, shown_place
from papergraph.serve.templates import render
from papergraph.serve.words import words_of

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


def gaps_page(request: Request) -> Response:
    """Answer with the page, by kind of gap; works without scripts."""
    service, words = service_of(request), words_of(request)
    found = service.remember("gaps", lambda: find_gaps(service.graph(), most=_MOST))
    totals = dict(found.totals)
    kinds = [
        (
            f"gap_{kind.replace(' ', '_')}",
            totals[kind],
            [_shown(request, gap) for gap in found.gaps if gap.kind == kind],
        )
        for kind, _ in GAPS
        if totals.get(kind)
    ]
    page = render("gaps.html.j2", words=words, here=PATH, title=words("gaps"), kinds=kinds)
    return HTMLResponse(page, headers={"Vary": "Accept-Language"})


def _shown(request: Request, gap: Gap) -> ShownGap:
    base = service_of(request).graph().base
    parts = tuple((name, path_of(iri, base)) for name, iri in zip(gap.names, gap.about, strict=True))
    words = words_of(request)
    reason = words(f"why_{gap.kind.replace(' ', '_')}", **dict(gap.facts)) if words.language == "zh" else gap.reason
    return ShownGap(parts, reason, tuple(shown_place(request, e.note, e.line, e.sentence) for e in gap.evidence))
