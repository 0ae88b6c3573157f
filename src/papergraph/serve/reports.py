"""The pages of `papergraph.web` that need no more than an address: conflicts, gaps, timelines, lists of works."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from papergraph.ask.choose import choose
from papergraph.errors import UnknownNameError
from papergraph.insight.timeline import PREFERRED, read_timeline
from papergraph.serve.places import asked_names
from papergraph.serve.view import answer_with, page_number, view_of
from papergraph.web.conflicts import conflicts_page
from papergraph.web.gaps import gaps_page
from papergraph.web.timeline import timeline_page
from papergraph.web.works import notes_page, venue_page, venues_page, year_page, years_page


def conflicts(request: Request) -> Response:
    """Answer with what contradicts what."""
    view = view_of(request)
    return answer_with(conflicts_page(view), view)


def gaps(request: Request) -> Response:
    """Answer with what the notes lack."""
    view = view_of(request)
    return answer_with(gaps_page(view), view)


def timeline(request: Request) -> Response:
    """Answer with the form, and with the timeline of what the address names."""
    view = view_of(request)
    name = next(iter(asked_names(request, "name", 1)), "")
    if not name:
        return answer_with(timeline_page(view), view)
    try:
        page = timeline_page(view, read_timeline(view.store, choose(view.store, name, PREFERRED).iri))
    except UnknownNameError as error:
        page = timeline_page(view, asked=name, unknown=[(name, error.suggestions)])
    return answer_with(page, view)


def years(request: Request) -> Response:
    """Answer with the list of years."""
    view = view_of(request)
    return answer_with(years_page(view), view)


def venues(request: Request) -> Response:
    """Answer with the list of venues."""
    view = view_of(request)
    return answer_with(venues_page(view, page_number(request)), view)


def notes(request: Request) -> Response:
    """Answer with the list of notes."""
    view = view_of(request)
    return answer_with(notes_page(view, page_number(request)), view)


def year(request: Request) -> Response:
    """Answer with the works of the year of this path."""
    view = view_of(request)
    page = year_page(view, request.path_params["year"], page_number(request))
    if page is None:
        raise HTTPException(404, "no works of this year in the graph")
    return answer_with(page, view)


def venue(request: Request) -> Response:
    """Answer with the works of the venue of this path."""
    view = view_of(request)
    page = venue_page(view, request.path_params["venue"], page_number(request))
    if page is None:
        raise HTTPException(404, "no such venue in the graph")
    return answer_with(page, view)
