"""The first page: how much there is, what is new, what is named most, what the notes disagree on and what they lack."""

from __future__ import annotations

from papergraph.model import EntityType
from papergraph.web.browse import kinds_of
from papergraph.web.catalogue import catalogue
from papergraph.web.conflicts import conflict_counts
from papergraph.web.gaps import gap_counts, to_read
from papergraph.web.view import Page, View
from papergraph.web.works import notes_of, shown_work

#: Entities of a type, works and gaps on the first page.
_NAMES, _NEWEST, _TO_READ = 10, 8, 4
_MOST_NAMED: tuple[EntityType, ...] = ("Method", "Model", "Hardware", "Dataset", "Institution", "Topic")


def home_page(view: View) -> Page:
    """Return the first page; works without scripts."""
    found = catalogue(view)
    newest = [shown_work(view, work) for works in found.dated.values() for work in works[:_NEWEST]][:_NEWEST]
    values = {
        "kinds": kinds_of(view),
        "places": [
            ("venues", "/venues", len(found.published)),
            ("years", "/years", len(found.dated)),
            ("notes", "/notes", len(notes_of(view))),
        ],
        "newest": newest,
        "most_named": _most_named(view),
        "conflicts": conflict_counts(view),
        "gaps": gap_counts(view),
        "to_read": to_read(view, _TO_READ),
    }
    return Page("home.html.j2", "/", "papergraph", values)


def _most_named(view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return for each type of what works are made of the entities that are named most often, with addresses."""
    found = []
    for kind in _MOST_NAMED:
        works = [work for work in catalogue(view).works if work.type == kind][:_NAMES]
        found.append((kind, [(work.label, view.path(work.iri)) for work in works]))
    return [(kind, names) for kind, names in found if names]
