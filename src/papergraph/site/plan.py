"""Which pages a site has, and how each is made; every list says here how many pages it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from papergraph.insight.facts import GraphFacts
from papergraph.insight.timeline import Timeline, read_timeline
from papergraph.model import ENTITY_TYPES, Graph
from papergraph.ontology.iri import note_iri
from papergraph.site.search import SEARCH, search_page
from papergraph.web.address import list_address, timeline_address
from papergraph.web.browse import browse_page, kinds_of
from papergraph.web.catalogue import catalogue
from papergraph.web.conflicts import PATH as CONFLICTS
from papergraph.web.conflicts import conflicts_page
from papergraph.web.gaps import PATH as GAPS
from papergraph.web.gaps import gaps_page
from papergraph.web.home import home_page
from papergraph.web.note import note_page
from papergraph.web.paging import numbered, page_count
from papergraph.web.show import Thing, read_thing, show_page
from papergraph.web.timeline import PATH as TIMELINE
from papergraph.web.timeline import timeline_page, timelines_of, timelines_page
from papergraph.web.view import Page, View
from papergraph.web.works import (
    NOTES,
    VENUE,
    VENUES,
    YEAR,
    YEARS,
    notes_of,
    notes_page,
    venue_page,
    venues_page,
    year_page,
    years_page,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A page that a site has."""

    address: str
    make: Callable[[View], Page | None]
    iri: str = ""
    """What it is about, for pages with data beside them."""


def plan(view: View) -> Iterator[Planned]:
    """Yield all pages of a site, each once; they may be made in any language."""
    yield Planned("/", home_page)
    yield Planned(SEARCH, search_page)
    yield Planned(CONFLICTS, conflicts_page)
    yield Planned(GAPS, gaps_page)
    yield Planned(YEARS, years_page)
    yield from _lists(view)
    yield from _works(view)
    yield from _timelines(view)
    for note, address, _ in notes_of(view):
        iri = note_iri(note, view.store.base)
        yield Planned(address, partial(note_page, iri=iri), iri)
    read = lru_cache(maxsize=1)(partial(read_thing, view.store))  # once for the languages of a page
    for work in catalogue(view).works:
        if work.type in ENTITY_TYPES:
            yield Planned(view.path(work.iri), partial(_show, iri=work.iri, read=read), work.iri)


def _show(view: View, iri: str, read: Callable[[str], Thing]) -> Page:
    return show_page(view, read(iri))


def _lists(view: View) -> Iterator[Planned]:
    for kind, number in kinds_of(view):
        for page in range(1, page_count(number) + 1):
            yield Planned(list_address(kind, page), partial(browse_page, kind=kind, number=page))
    for page in range(1, page_count(len(notes_of(view))) + 1):
        yield Planned(numbered(NOTES, page), partial(notes_page, number=page))
    for page in range(1, page_count(len(catalogue(view).published)) + 1):
        yield Planned(numbered(VENUES, page), partial(venues_page, number=page))


def _works(view: View) -> Iterator[Planned]:
    for year, works in catalogue(view).dated.items():
        for page in range(1, page_count(len(works)) + 1):
            address = numbered(YEAR + year, page)
            yield Planned(address, partial(year_page, year=year, number=page))
    for key, works in catalogue(view).published.items():
        for page in range(1, page_count(len(works)) + 1):
            address = numbered(VENUE + key, page)
            yield Planned(address, partial(venue_page, key=key, number=page))


def _timelines(view: View) -> Iterator[Planned]:
    entities = timelines_of(view)
    for page in range(1, page_count(len(entities)) + 1):
        yield Planned(numbered(TIMELINE, page), partial(timelines_page, number=page))
    read = lru_cache(maxsize=1)(partial(_read_timeline, view))
    for work in entities:
        yield Planned(timeline_address(work.iri, view.store.base), partial(_timeline, iri=work.iri, read=read))


def _read_timeline(view: View, iri: str) -> Timeline:
    return read_timeline(view.store, iri, view.remember("facts", lambda: GraphFacts(whole_graph(view))))


def _timeline(view: View, iri: str, read: Callable[[str], Timeline]) -> Page:
    return timeline_page(view, read(iri))


def whole_graph(view: View) -> Graph:
    """Return the whole graph as values, read once."""
    return view.remember("graph", view.store.read_graph)
