"""The page that shows how a topic, a family of methods or an institution developed, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from papergraph.insight.timeline import Event, Timeline
from papergraph.ontology.relation_labels import relation_key
from papergraph.web.address import timeline_address
from papergraph.web.catalogue import Work, catalogue
from papergraph.web.paging import numbered, sheet
from papergraph.web.view import Page, ShownPlace, View

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


def timeline_page(
    view: View, found: Timeline | None = None, *, asked: str = "", unknown: Sequence[tuple[str, tuple[str, ...]]] = ()
) -> Page:
    """Return the form, and a timeline if one is given; `unknown` are names that nothing has."""
    return Page(
        "timeline.html.j2",
        timeline_address(found.iri, view.store.base) if found else PATH,
        f"{found.label} · {view.words('timeline')}" if found else view.words("timeline"),
        {
            "asked_name": found.label if found else asked,
            "unknown": unknown,
            "subject": (found.label, view.path(found.iri), found.type) if found else None,
            "years": [(y, [_shown(view, e) for e in events]) for y, events in found.years()] if found else [],
            "shown": SHOWN,
        },
    )


def timelines_of(view: View) -> list[Work]:
    """Return the topics and institutions, whose timelines are listed, those named most often first."""
    return [work for work in catalogue(view).works if work.type in {"Topic", "Institution"}]


def timelines_page(view: View, number: int = 1) -> Page:
    """Return a page of the list of timelines."""
    works = timelines_of(view)
    shown = sheet(works, number, lambda n: numbered(PATH, n))
    rows = [(work.label, timeline_address(work.iri, view.store.base), work.mentions) for work in shown.rows]
    values = {"rows": rows, "pages": shown.pages, "total": len(works)}
    return Page("index.html.j2", numbered(PATH, shown.number), view.words("timeline"), values)


def _shown(view: View, event: Event) -> ShownEvent:
    return ShownEvent(
        event.label,
        view.path(event.iri),
        relation_key(event.predicate, outgoing=True) if event.predicate else "",
        event.other,
        event.title,
        view.places(event.evidence[:1]),
    )
