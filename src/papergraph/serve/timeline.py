"""The page that shows how a topic, a family of methods or an institution developed, year by year."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.ask.choose import choose
from papergraph.errors import UnknownNameError
from papergraph.insight.timeline import Event, read_timeline
from papergraph.ontology.relation_labels import relation_key
from papergraph.serve.address import path_of, service_of
from papergraph.serve.places import ShownPlace, asked_names, shown_place
from papergraph.serve.templates import render
from papergraph.serve.words import words_of

PATH = "/timeline"
#: Works of a year that the page shows at once; the rest folds open.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """A work with where it leads, why it is listed and where that stands."""

    label: str
    href: str
    says: str
    """Key of the relation; empty for the start of a family."""
    other: str
    title: str
    places: tuple[ShownPlace, ...]


def timeline_page(request: Request) -> Response:
    """Answer with the form, and with the timeline of what the address names; works without scripts."""
    service, words = service_of(request), words_of(request)
    store = service.graph()
    found, unknown = None, []
    names = asked_names(request, "name", 1)
    for name in names:
        try:
            found = read_timeline(store, choose(store, name).iri)
        except UnknownNameError as error:
            unknown.append((name, error.suggestions))
    years = (
        [(year, [_shown(request, e, store.base) for e in events]) for year, events in found.years()] if found else []
    )
    page = render(
        "timeline.html.j2",
        words=words,
        here=f"{PATH}?{request.url.query}" if request.url.query else PATH,
        title=words("timeline"),
        asked_name=names[0] if names else "",
        unknown=unknown,
        subject=(found.label, path_of(found.iri, store.base), found.type) if found else None,
        years=years,
        shown=SHOWN,
    )
    return HTMLResponse(page, headers={"Vary": "Accept-Language"})


def _shown(request: Request, event: Event, base: str) -> ShownEvent:
    return ShownEvent(
        event.label,
        path_of(event.iri, base),
        relation_key(event.predicate, outgoing=True) if event.predicate else "",
        event.other,
        event.title,
        tuple(shown_place(request, e.note, e.line, e.sentence) for e in event.evidence[:1]),
    )
