"""The page that compares works side by side: a row for each aspect, a place in the notes for each value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.ask.choose import choose
from papergraph.errors import UnknownNameError
from papergraph.insight.compare import Comparison, Contest, Value, compare_works
from papergraph.ontology.relation_labels import relation_key
from papergraph.serve.address import path_of, service_of
from papergraph.serve.places import ShownPlace, asked_names, shown_place
from papergraph.serve.templates import render
from papergraph.serve.words import words_of

PATH = "/compare"
#: Works beside each other, and fields of an empty form.
_MOST, _FIELDS = 8, 3


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value with where it leads and where it stands."""

    text: str
    href: str
    says: str
    """Key of the relation; empty where the heading says it."""
    denied: bool
    figures: str
    places: tuple[ShownPlace, ...]


def compare_page(request: Request) -> Response:
    """Answer with the form, and with the comparison of the works that the address names; works without scripts."""
    service, words = service_of(request), words_of(request)
    store = service.graph()
    names = asked_names(request, "name", _MOST)
    chosen: list[str] = []
    unknown: list[tuple[str, tuple[str, ...]]] = []
    for name in names:
        try:
            chosen.append(choose(store, name).iri)
        except UnknownNameError as error:
            unknown.append((name, error.suggestions))
    found = compare_works(store, chosen) if len(set(chosen)) > 1 else None
    page = render(
        "compare.html.j2",
        words=words,
        here=f"{PATH}?{request.url.query}" if request.url.query else PATH,
        title=words("compare"),
        names=names + [""] * (max(_FIELDS, min(_MOST, len(names) + 1)) - len(names)),
        unknown=unknown,
        works=[(w.label, path_of(w.iri, store.base), w.type) for w in found.works] if found else [],
        rows=_rows(request, found, store.base) if found else [],
        contests=[_contest(request, found, c, store.base) for c in found.contests] if found else [],
    )
    return HTMLResponse(page, headers={"Vary": "Accept-Language"})


def _rows(request: Request, found: Comparison, base: str) -> list[tuple[str, list[list[ShownValue]]]]:
    return [
        (
            f"aspect_{aspect.name.replace(' ', '_')}",
            [[_shown(request, value, base) for value in cell] for cell in aspect.cells],
        )
        for aspect in found.aspects
    ]


def _shown(request: Request, value: Value, base: str) -> ShownValue:
    told = value.predicate in {"measuredOn", "trainedOn", "extends", "improvesOn"}
    places = tuple(shown_place(request, e.note, e.line, e.sentence) for e in value.evidence[:1])
    return ShownValue(
        value.text,
        path_of(value.iri, base) if value.iri else "",
        relation_key(value.predicate, outgoing=True) if value.predicate and told else "",
        value.denied,
        ", ".join(value.figures),
        places,
    )


def _contest(request: Request, found: Comparison, contest: Contest, base: str) -> dict[str, Any]:
    labels = {work.iri: work.label for work in found.works}
    return {
        "winner": (labels[contest.subject], path_of(contest.subject, base)),
        "loser": (labels[contest.object], path_of(contest.object, base)),
        "says": relation_key(contest.value.predicate or "comparedWith", outgoing=True),
        "denied": contest.value.denied,
        "on": ", ".join(contest.datasets),
        "figures": ", ".join(contest.value.figures),
        "places": [shown_place(request, e.note, e.line, e.sentence) for e in contest.value.evidence],
    }
