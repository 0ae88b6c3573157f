"""The page of an entity: its names, where it comes from and what came of it, and every claim with its sentence."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.requests import Request

from papergraph.insight.lineage import trace_lineage
from papergraph.insight.show import read_profile
from papergraph.model import ENTITY_TYPES, Evidence
from papergraph.ontology.identifiers import SCHEMES, page_of
from papergraph.ontology.iri import note_iri
from papergraph.ontology.kinds import KINDS
from papergraph.serve.address import path_of, service_of
from papergraph.serve.graph_page import PATH as GRAPH
from papergraph.serve.lineage import history, lineage_panel
from papergraph.serve.panels import SHOWN, panels
from papergraph.serve.templates import render
from papergraph.serve.words import words_of
from papergraph.store import GraphStore

#: How far lineages are drawn.
_DEPTH = 4


def is_thing(store: GraphStore, iri: str) -> bool:
    """Tell whether an IRI is that of an entity, and not of a note, a statement or evidence."""
    kinds = tuple(store.base + KINDS[t] + "/" for t in ENTITY_TYPES)
    return iri.startswith(kinds) and store.knows(iri)


def show_page(request: Request, store: GraphStore, iri: str) -> str:
    """Return the page; works without scripts."""
    words = words_of(request)

    def address(other: str) -> str:
        return words.link(path_of(other, store.base))

    profile = read_profile(store, iri)
    lineages = [trace_lineage(store, iri, direction=d, depth=_DEPTH) for d in ("upstream", "downstream")]
    return render(
        "thing.html.j2",
        words=words,
        here=request.url.path,
        title=profile.label,
        profile=profile,
        path=path_of(iri, store.base),
        values=[(name, value, _link(name, value)) for name, value in profile.values if value != profile.label],
        lineages=[p for lineage in lineages if (p := lineage_panel(lineage, address, _DEPTH))],
        years=history(lineages, address),
        panels=list(panels(profile, address)),
        shown=SHOWN,
        in_graph=f"{GRAPH}#{urlencode({'n': _key(store, iri)} | ({'lang': words.language} if words.chosen else {}))}",
        place=lambda evidence: _place(request, evidence),
        notes=[(note, path_of(note_iri(note, store.base), store.base)) for note in profile.notes],
        query_at=lambda text: words.link(f"/query?query={quote(text)}"),
    )


def _key(store: GraphStore, iri: str) -> str:
    """Return an IRI as the graph's page writes it, such as `method:h2o`."""
    return ":".join(iri.removeprefix(store.base).split("/", 1))


def _link(name: str, value: str) -> str:
    scheme = next((s for s in SCHEMES if s.name == name), None)
    return quote(page_of(scheme.identifier(value)), safe="/:.") if scheme else page_of(value)


def _place(request: Request, evidence: Evidence) -> str:
    """Return the address that opens a note at a line, as the person who started the server would have it."""
    template = service_of(request).settings.note_url
    return template.replace("{path}", quote(evidence.note)).replace("{line}", str(evidence.line))
