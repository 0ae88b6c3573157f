"""Documents in RDF: what the server says about something, in the format that the client likes."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from papergraph.resources import read_resource
from papergraph.serve.about import dataset_triples, example_triples
from papergraph.serve.address import origin_of, service_of
from papergraph.serve.negotiation import TRIPLES, Format, choose_format, format_named
from papergraph.serve.statements import write_triples


def form_of(request: Request, forms: tuple[Format, ...] = TRIPLES) -> Format:
    """Return the format that the client likes, by `?format=` or its header.

    Raises:
        HTTPException: 406 if it likes none.
    """
    asked = request.query_params.get("format", "")
    form = format_named(asked, forms) if asked else choose_format(request.headers.get("accept", ""), forms)
    if form is None:
        raise HTTPException(406, f"available media types: {', '.join(f.media_type for f in forms)}")
    return form


def document(request: Request, triples: Iterable[ox.Triple], form: Format | None = None) -> Response:
    """Return triples as a response."""
    form = form or form_of(request)
    return typed(write_triples(triples, form.name, service_of(request).graph().seal.base), form)


def typed(body: bytes, form: Format) -> Response:
    """Return a body with its type, which depends on what the client accepts."""
    charset = "; charset=utf-8" if form.media_type.startswith("text/") else ""
    return Response(body, headers={"Content-Type": form.media_type + charset, "Vary": "Accept"})


async def void(request: Request) -> Response:
    """Answer with the description of the dataset."""
    return document(request, await dataset_triples(service_of(request), origin_of(request)))


async def examples(request: Request) -> Response:
    """Answer with the example queries."""
    return document(request, example_triples(service_of(request), origin_of(request)))


def ontology(request: Request) -> Response:
    """Answer with our ontology, or the shapes: as people wrote it in Turtle, else in the format that is asked for."""
    name = "shapes" if request.url.path.startswith("/shapes") else "papergraph"
    text = read_resource(f"ontology/{name}.ttl")
    form = form_of(request)
    if form.name == "turtle":
        return typed(text.encode(), form)
    return document(request, (q.triple for q in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)), form)
