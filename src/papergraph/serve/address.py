"""Addresses: where the server was addressed, and which IRI of the graph a path means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from urllib.parse import quote, unquote

from starlette.requests import Request

from papergraph.serve.service import Service
from papergraph.web.address import PLACE, path_of

__all__ = ["PLACE", "endpoint_of", "iris_at", "origin_of", "path_of", "service_of"]


def service_of(request: Request) -> Service:
    """Return the service that the application of this request runs on."""
    return cast("Service", request.app.state.service)


def origin_of(request: Request) -> str:
    """Return how the client addresses the server, such as `http://127.0.0.1:7878`; the gate has checked the host."""
    return f"{request.url.scheme}://{request.headers['host'].strip()}"


def endpoint_of(request: Request) -> str:
    """Return the address of the endpoint as the client wrote it."""
    return origin_of(request) + request.url.path


def iris_at(path: bytes, base: str) -> Iterator[str]:
    """Yield the IRIs that a raw path below `/id/` may mean; browsers encode more or less than the IRI does."""
    written = path.decode("ascii", "replace").removeprefix(PLACE)
    plain = unquote(written)
    yield from dict.fromkeys(base + form for form in (written, quote(plain, safe="/"), plain))
