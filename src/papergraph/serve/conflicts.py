"""The page of what contradicts what in the notes, with the sentences side by side and the things that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.insight.conflicts import CONFLICTS, Conflict, find_conflicts
from papergraph.model import Graph
from papergraph.serve.address import path_of, service_of
from papergraph.serve.places import ShownPlace, shown_place
from papergraph.serve.templates import render
from papergraph.serve.words import words_of

PATH = "/conflicts"
#: Conflicts of a kind that the page shows at once.
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One conflict, with where its parts are shown."""

    message: str
    about: tuple[tuple[str, str], ...]
    """Label and address of each thing that it is about."""
    sides: tuple[ShownPlace, ...]


def conflicts_page(request: Request) -> Response:
    """Answer with the page, by kind of conflict; works without scripts."""
    service, words = service_of(request), words_of(request)
    labels, found = service.remember("conflicts", lambda: _found(service.graph().read_graph()))
    kinds = [(kind, [c for c in found if c.kind.startswith(kind)]) for kind, _ in CONFLICTS]
    shown = [
        (f"conflict_{kind.replace(' ', '_')}", len(listed), [_row(request, c, labels) for c in listed[:_SHOWN]])
        for kind, listed in kinds
        if listed
    ]
    page = render("conflicts.html.j2", words=words, here=PATH, title=words("conflicts"), kinds=shown)
    return HTMLResponse(page, headers={"Vary": "Accept-Language"})


def _found(graph: Graph) -> tuple[dict[str, str], tuple[Conflict, ...]]:
    """Return the conflicts, and the labels of what they are about."""
    found = find_conflicts(graph)
    about = {iri for conflict in found for iri in conflict.about}
    return {e.iri: e.label for e in graph.entities if e.iri in about}, found


def _row(request: Request, conflict: Conflict, labels: dict[str, str]) -> ConflictRow:
    base = service_of(request).graph().base
    about = tuple((labels[iri], path_of(iri, base)) for iri in conflict.about)
    sides = tuple(shown_place(request, s.note, s.line, s.sentence) for s in conflict.sides)
    if not sides:
        note, _, line = conflict.place.rpartition(":")
        sides = (shown_place(request, note, int(line)),) if note else ()
    return ConflictRow(conflict.message, about, sides)
