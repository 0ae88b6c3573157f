"""The page of what contradicts what in the notes, with the places and the things that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.insight.conflicts import CONFLICTS, find_conflicts
from papergraph.ontology.iri import note_iri
from papergraph.serve.address import path_of, service_of
from papergraph.serve.templates import render
from papergraph.serve.words import words_of
from papergraph.store import GraphStore

PATH = "/conflicts"


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One conflict, with where its parts are shown."""

    place: str
    href: str
    """Of the note."""
    message: str
    about: tuple[tuple[str, str], ...]
    """Label and address of each thing that it is about."""


def conflicts_page(request: Request) -> Response:
    """Answer with the page, by kind of conflict; works without scripts."""
    service, words = service_of(request), words_of(request)
    kinds = service.remember("conflicts", lambda: _by_kind(service.graph()))
    page = render("conflicts.html.j2", words=words, here=PATH, title=words("conflicts"), kinds=kinds)
    return HTMLResponse(page, headers={"Vary": "Accept-Language"})


def _by_kind(store: GraphStore) -> list[tuple[str, list[ConflictRow]]]:
    """Return the conflicts of each kind that there are any of, under the key of its name."""
    graph, base = store.read_graph(), store.base
    label = {e.iri: e.label for e in graph.entities}
    rows: dict[str, list[ConflictRow]] = {kind: [] for kind, _ in CONFLICTS}
    for conflict in find_conflicts(graph):
        note = note_iri(conflict.place.rpartition(":")[0], base)
        about = tuple((label[iri], path_of(iri, base)) for iri in conflict.about)
        kind = next(kind for kind in rows if conflict.kind.startswith(kind))
        rows[kind].append(ConflictRow(conflict.place, path_of(note, base), conflict.message, about))
    return [(f"conflict_{kind.replace(' ', '_')}", found) for kind, found in rows.items() if found]
