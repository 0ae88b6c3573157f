"""The lists of all entities of a type, narrowed by year, topic, institution and hardware."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from papergraph.model import ENTITY_TYPES
from papergraph.web.address import list_address, short_iri
from papergraph.web.catalogue import FACETS, Work, catalogue
from papergraph.web.paging import sheet
from papergraph.web.view import Page, View

#: Values of a facet that are shown at once; the rest folds open.
SHOWN = 8
#: Values of a facet that are listed at all.
_MOST_VALUES = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a list can be narrowed by."""

    label: str
    number: int
    """Entities that are left with it."""
    href: str
    """Address of the list with it; of the list without it where it is chosen."""
    chosen: bool = False


def browse_page(view: View, kind: str = "", chosen: Mapping[str, str] | None = None, number: int = 1) -> Page:
    """Return a page of the list of a type, those named most often first; an unknown type stands for the first one."""
    kinds = kinds_of(view)
    kind = kind if kind in dict(kinds) else "Method" if "Method" in dict(kinds) else next(iter(dict(kinds)), "")
    asked = {name: value for name, value in (chosen or {}).items() if name in FACETS and value}
    of_kind = [work for work in catalogue(view).works if work.type == kind]
    values = {name: _iri(view, name, value) for name, value in asked.items()}
    rows = [work for work in of_kind if _fits(work, values)]
    shown = sheet(rows, number, lambda n: list_address(kind, n, asked))
    facets = ((name, _choices(view, of_kind, name, asked, kind)) for name in FACETS)
    return Page(
        "found.html.j2",
        list_address(kind, shown.number, asked),
        view.words(f"type_{kind}" if kind else "browse"),
        {
            "kinds": kinds,
            "chosen": kind,
            "lead": "",
            "asked": "",
            "results": [(w.type, w.label, view.path(w.iri), w.mentions, w.year) for w in shown.rows],
            "pages": shown.pages,
            "total": len(rows),
            "facets": [(name, choices) for name, choices in facets if choices],
            "facet_rows": SHOWN,
        },
    )


def kinds_of(view: View) -> list[tuple[str, int]]:
    """Return the types of entities that there are, and how many of each."""
    counts = dict(view.store.seal.entities)
    return [(kind, counts[kind]) for kind in ENTITY_TYPES if counts.get(kind)]


def _iri(view: View, facet: str, value: str) -> str:
    """Return the IRI that an address means by a value; a year stands for itself."""
    return value if facet == "year" else view.store.base + value.replace(":", "/", 1)


def _fits(work: Work, values: Mapping[str, str]) -> bool:
    return all(value in work.facets[name] for name, value in values.items())


def _choices(view: View, works: Sequence[Work], facet: str, asked: Mapping[str, str], kind: str) -> list[Choice]:
    """Return the values of a facet among the entities that the other facets leave, the chosen one first."""
    labels = catalogue(view).outline
    others = {name: value for name, value in asked.items() if name != facet}
    left = {name: _iri(view, name, value) for name, value in others.items()}
    counts = Counter(value for work in works if _fits(work, left) for value in work.facets[facet])
    if facet in asked:
        counts[_iri(view, facet, asked[facet])] += 0  # shown even if nothing is left, so that it can be taken back
    choices = []
    for iri, number in counts.items():
        value = iri if facet == "year" else short_iri(iri, view.store.base)
        mine = asked.get(facet) == value
        href = list_address(kind, facets=others if mine else {**asked, facet: value})
        choices.append(Choice(labels.label(iri).removeprefix(view.store.base), number, href, mine))
    choices.sort(key=lambda c: (-c.number, c.label.casefold(), c.href))
    if facet == "year":
        choices.sort(key=lambda c: c.label, reverse=True)
    return sorted(choices, key=lambda c: not c.chosen)[:_MOST_VALUES]
