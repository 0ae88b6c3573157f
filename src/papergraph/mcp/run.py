"""Running the server: over the pipes of this process, or over HTTP on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.types import ASGIApp

from papergraph.mcp.server import make_server
from papergraph.serve.gate import Gate
from papergraph.serve.service import Service
from papergraph.serve.settings import LOOPBACK, Settings

#: Where the protocol is spoken over HTTP.
PATH = "/mcp"
#: The largest request: a query with its frame.
_MOST_REQUEST_BYTES = 500_000


def run_stdio(settings: Settings) -> None:
    """Answer on stdout what is asked on stdin, until that ends.

    Raises:
        StoreError: if there is no store, or it cannot be opened.
    """
    service = Service(settings)
    try:
        make_server(service).run("stdio")
    finally:
        service.close()


def http_app(settings: Settings) -> ASGIApp:
    """Return the application that speaks the protocol at `PATH`, without sessions, behind the gate of the server.

    Raises:
        StoreError: if there is no store, or it cannot be opened.
    """
    service = Service(settings)
    hosts = [name for host in (*LOOPBACK, *settings.hosts) for name in (host, f"{host}:*")]
    app = make_server(service).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=_MOST_REQUEST_BYTES,
        transport_security=TransportSecuritySettings(
            allowed_hosts=hosts,
            allowed_origins=[f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts],
        ),
    )
    _close_at_the_end(app, service)
    return Gate(app, hosts=settings.hosts, has_cors=False)


def _close_at_the_end(app: Starlette, service: Service) -> None:
    """Let the application end the workers when it ends."""
    lifespan = app.router.lifespan_context

    @asynccontextmanager
    async def closing(inner: Starlette) -> AsyncIterator[None]:
        try:
            async with lifespan(inner):
                yield
        finally:
            service.close()

    app.router.lifespan_context = closing
