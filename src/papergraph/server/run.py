"""Running the application on a socket until somebody stops it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

#: How long a client may take to send the head of its first request.
HEAD_SECONDS = 10.0
#: Room for the largest query in an address, every character percent-encoded.
_MOST_HEAD_BYTES = 100_000
_MOST_CONNECTIONS = 200


class _ImpatientProtocol(H11Protocol):
    """HTTP that closes connections on which nothing is asked: uvicorn itself waits for a first request for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._impatience = self.loop.call_later(HEAD_SECONDS, self._close_if_silent)

    def connection_lost(self, exc: Exception | None) -> None:
        self._impatience.cancel()
        super().connection_lost(exc)

    def _close_if_silent(self) -> None:
        # uvicorn declares the attribute as always set; before the first request it is None.
        if getattr(self, "cycle", None) is None:
            self.transport.close()


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address of this machine; port 0 lets the system choose one.

    Raises:
        OSError: if the address is taken, or not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without the protocol's name asyncio does not turn off Nagle's delay: 40 ms for every answer but the first.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def serve_forever(app: ASGIApp, listening: socket.socket, *, started: Callable[[], Any] = lambda: None) -> None:
    """Serve `app` on a socket until the process is told to stop; calls `started` when it is ready."""
    # uvicorn shuts down in order, and then raises the signal once more.
    with contextlib.suppress(KeyboardInterrupt):
        make_server(app, started=started).run(sockets=[listening])


def make_server(app: ASGIApp, *, started: Callable[[], Any] = lambda: None) -> uvicorn.Server:
    """Return a server for `app`; it stops when its `should_exit` is set."""
    config = uvicorn.Config(
        app,
        http=_ImpatientProtocol,
        ws="none",
        log_config=None,
        log_level=logging.CRITICAL,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        h11_max_incomplete_event_size=_MOST_HEAD_BYTES,
        timeout_graceful_shutdown=5,
    )
    return _Server(config, started)


class _Server(uvicorn.Server):
    """A server that tells when it is ready."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], Any]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()
