"""Every IRI of the graph answers at its path below /id/, as a page for people or as RDF."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from papergraph.export import triples_to_jsonld
from papergraph.serve.address import iris_at, service_of
from papergraph.serve.documents import document, form_of, typed
from papergraph.serve.entity_page import entity_page
from papergraph.serve.negotiation import HTML, TRIPLES, Format, format_named
from papergraph.serve.view import answer_with, view_of
from papergraph.store import GraphStore
from papergraph.web.data import describe_iri
from papergraph.web.note import is_note, note_page
from papergraph.web.show import is_thing, read_thing, show_page

#: Endings by which a format can be had without a header.
_ENDINGS = {
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".trig": "trig",
    ".html": "html",
}


def entity(request: Request) -> Response:
    """Answer with what the graph says about the IRI of this path."""
    store = service_of(request).graph()
    iri, form = _meant(request, store)
    form = form or form_of(request, (*TRIPLES, HTML))
    if form == HTML:
        return _page(request, store, iri)
    if form.name == "jsonld":
        response = typed(triples_to_jsonld(describe_iri(store, iri), store.seal.base).encode(), form)
    else:
        response = document(request, describe_iri(store, iri), form)
    response.headers["Link"] = f'<{iri}>; rel="describes"'
    return response


def _page(request: Request, store: GraphStore, iri: str) -> Response:
    view = view_of(request)
    if is_thing(store, iri):
        return answer_with(show_page(view, read_thing(store, iri)), view)
    if is_note(store, iri):
        return answer_with(note_page(view, iri), view)
    return HTMLResponse(entity_page(request, store, iri), headers={"Vary": "Accept, Accept-Language"})


def _meant(request: Request, store: GraphStore) -> tuple[str, Format | None]:
    """Return the IRI that the path means, and the format of its suffix, if any."""
    path: bytes = request.scope.get("raw_path") or request.url.path.encode()
    for iri in iris_at(path, store.seal.base):
        if is_known(store, iri):
            return iri, None
    for ending, name in _ENDINGS.items():
        if path.endswith(ending.encode()):
            for iri in iris_at(path[: -len(ending)], store.seal.base):
                if is_known(store, iri):
                    return iri, format_named(name, (*TRIPLES, HTML))
    raise HTTPException(404, "no such entity in the graph")


def is_known(store: GraphStore, iri: str) -> bool:
    """Tell whether the graph says anything about an IRI, which may be malformed."""
    try:
        return any(next(quads, None) for quads in (store.quads(iri), store.quads(obj=iri)))
    except ValueError:
        return False
