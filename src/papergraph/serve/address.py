"""Addresses: where the server was addressed, and where it shows an IRI of the graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from urllib.parse import quote, unquote

from starlette.requests import Request

from papergraph.ontology.terms import PG
from papergraph.serve.service import Service

#: Where IRIs of the graph are shown, whatever their base.
PLACE = "/id/"
#: What stays as it is in a path; `%` too, since IRIs of notes hold percent-encoded characters.
_SAFE = "/%:@!$&'()*+,;=~"


def service_of(request: Request) -> Service:
    """Return the service that the application of this request runs on."""
    return cast("Service", request.app.state.service)


def origin_of(request: Request) -> str:
    """Return how the client addresses the server, such as `http://127.0.0.1:7878`; the gate has checked the host."""
    return f"{request.url.scheme}://{request.headers['host'].strip()}"


def endpoint_of(request: Request) -> str:
    """Return the address of the endpoint as the client wrote it."""
    return origin_of(request) + request.url.path


def path_of(iri: str, base: str) -> str:
    """Return the path at which the server shows an IRI; "" for one that is not of the graph.

    >>> path_of("https://w3id.org/papergraph/id/method/h2o", "https://w3id.org/papergraph/id/")
    '/id/method/h2o'
    >>> path_of("https://w3id.org/papergraph/ontology#uses", "https://w3id.org/papergraph/id/")
    '/ontology#uses'
    """
    if iri.startswith(PG):
        return f"/ontology#{iri.removeprefix(PG)}"
    return PLACE + quote(iri.removeprefix(base), safe=_SAFE) if iri.startswith(base) else ""


def iris_at(path: bytes, base: str) -> Iterator[str]:
    """Yield the IRIs that a raw path below `/id/` may mean; browsers encode more or less than the IRI does."""
    written = path.decode("ascii", "replace").removeprefix(PLACE)
    plain = unquote(written)
    yield from dict.fromkeys(base + form for form in (written, quote(plain, safe="/"), plain))
