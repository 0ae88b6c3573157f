"""The pages of years, venues and authors: their works, and the lists of years, venues and notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from papergraph.web.catalogue import Work, catalogue
from papergraph.web.paging import numbered, sheet
from papergraph.web.view import Page, View

YEARS, VENUES, NOTES = "/years", "/venues", "/notes"
#: Where the pages of single years and venues are.
YEAR, VENUE = "/year/", "/venue/"


@dataclass(frozen=True, slots=True)
class ShownWork:
    """A work with where its parts lead; each part is a label and an address."""

    label: str
    href: str
    type: str
    year: str
    venue: tuple[str, str]
    introduces: tuple[tuple[str, str], ...]
    """What its paper introduces, or the papers that introduce it."""
    institutions: tuple[tuple[str, str], ...]
    authors: tuple[tuple[str, str], ...] = ()


def year_page(view: View, year: str, number: int = 1) -> Page | None:
    """Return a page of the works of a year; None if there are none."""
    works = catalogue(view).dated.get(year)
    return _listed(view, works, f"{YEAR}{year}", year, number, by_year=False) if works else None


def venue_page(view: View, key: str, number: int = 1) -> Page | None:
    """Return a page of the works of a venue, by year; None if there is no such venue."""
    found = catalogue(view)
    works = found.published.get(key)
    return _listed(view, works, VENUE + quote(key), found.venues[key], number, by_year=True) if works else None


def _listed(view: View, works: Sequence[Work], address: str, title: str, number: int, *, by_year: bool) -> Page:
    shown = sheet(works, number, lambda n: numbered(address, n))
    groups = groupby(shown.rows, key=lambda w: w.year) if by_year else [("", iter(shown.rows))]
    values = {
        "kind": "venue" if by_year else "year",
        "total": len(works),
        "groups": [(year, [shown_work(view, work) for work in listed]) for year, listed in groups],
        "pages": shown.pages,
        "up": (VENUES, "venues") if by_year else (YEARS, "years"),
    }
    return Page("works.html.j2", numbered(address, shown.number), title, values)


def shown_work(view: View, work: Work) -> ShownWork:
    """Return a work as lists show it."""
    found = catalogue(view)
    outline = found.outline

    def parts(iris: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple((outline.label(iri), view.path(iri)) for iri in sorted(iris, key=outline.label))

    return ShownWork(
        work.label,
        view.path(work.iri),
        work.type,
        work.year,
        (found.venues[work.venue], VENUE + quote(work.venue)) if work.venue else ("", ""),
        parts((*outline.things.get(work.iri, ()), *outline.papers.get(work.iri, ()))),
        parts(work.facets["institution"]),
        parts(found.authors.get(work.iri, ())),
    )


def written_by(view: View, author: str) -> list[tuple[str, list[ShownWork]]]:
    """Return the works of an author by year, the latest first."""
    found = catalogue(view)
    works = [found.by_iri[iri] for iri in found.written.get(author, ()) if iri in found.by_iri]
    return [(year, [shown_work(view, w) for w in listed]) for year, listed in groupby(works, key=lambda w: w.year)]


def coauthors(view: View, author: str) -> list[tuple[str, str, int]]:
    """Return label, address and number of common works of those who wrote with an author."""
    found = catalogue(view)
    return [(found.outline.label(iri), view.path(iri), number) for iri, number in found.coauthors(author)]


def years_page(view: View) -> Page:
    """Return the list of years, with how many works each has."""
    rows = [(year, YEAR + year, len(works)) for year, works in catalogue(view).dated.items()]
    return _index(view, "years", YEARS, rows, 1)


def venues_page(view: View, number: int = 1) -> Page:
    """Return a page of the list of venues, with how many works each has."""
    found = catalogue(view)
    rows = [(found.venues[key], VENUE + quote(key), len(works)) for key, works in found.published.items()]
    return _index(view, "venues", VENUES, rows, number)


def notes_page(view: View, number: int = 1) -> Page:
    """Return a page of the list of notes, with how many entities each names."""
    return _index(view, "notes", NOTES, notes_of(view), number)


def notes_of(view: View) -> list[tuple[str, str, int]]:
    """Return path, address and number of named entities of each note, by path."""
    return view.remember("notes", lambda: _notes(view))


def _notes(view: View) -> list[tuple[str, str, int]]:
    counts = view.store.select("SELECT ?n (COUNT(?x) AS ?c) { ?n pg:mentions ?x } GROUP BY ?n")
    named = {row["n"]: int(row["c"]) for row in counts if "n" in row}
    rows = view.store.select("SELECT DISTINCT ?n ?path { ?n a pg:Note ; dcterms:identifier ?path }")
    return sorted((row["path"], view.path(row["n"]), named.get(row["n"], 0)) for row in rows)


def _index(view: View, key: str, address: str, rows: Sequence[tuple[str, str, int]], number: int) -> Page:
    shown = sheet(rows, number, lambda n: numbered(address, n))
    values = {"rows": shown.rows, "pages": shown.pages, "total": len(rows)}
    return Page("index.html.j2", numbered(address, shown.number), view.words(key), values)
