"""Running the application on a socket until somebody stops it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from papergraph.serve.gate import HEADERS

#: How long a client may take to send the head of a request, from the moment that it may send one.
HEAD_SECONDS = 10.0
#: How long a connection may stay open between an answer and the first byte of the next request.
_IDLE_SECONDS = 5
#: A client that takes less than so much of an answer in so many seconds does not want it.
_READ_BYTES, READ_SECONDS = 64_000, 10.0
#: Room for the largest query in an address, every character percent-encoded.
_MOST_HEAD_BYTES = 200_000
_MOST_CONNECTIONS = 200


class _ImpatientProtocol(H11Protocol):
    """HTTP that closes connections on which nothing is asked, or nothing is taken.

    uvicorn waits for the rest of a request, and for the reader of an answer, as long as they please.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._served = self.app
        self._unread = 0
        self._reading: asyncio.TimerHandle | None = None
        self._asking = self.loop.call_later(HEAD_SECONDS, self._close_if_silent)

    def connection_lost(self, exc: Exception | None) -> None:
        self._asking.cancel()
        self._stop_watching()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Answer what was asked, or turn it away if there are too many connections."""
        self.app = _TURNED_AWAY if len(self.connections) >= _MOST_CONNECTIONS else self._served
        super().handle_events()

    def on_response_complete(self) -> None:
        """Give the client the time for another request; what is left of this one is not waited for either."""
        self._asking.cancel()
        self._asking = self.loop.call_later(HEAD_SECONDS, self._close_if_silent)
        super().on_response_complete()
        if self.transport.get_write_buffer_size():
            self._watch_reader()

    def pause_writing(self) -> None:
        """Watch for clients that read slowly."""
        super().pause_writing()
        self._watch_reader()

    def _watch_reader(self) -> None:
        if self._reading is None:
            self._unread = self.transport.get_write_buffer_size()
            self._reading = self.loop.call_later(READ_SECONDS, self._close_if_unread)

    def _stop_watching(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _close_if_unread(self) -> None:
        left, before = self.transport.get_write_buffer_size(), self._unread
        self._reading = None
        if left > before - _READ_BYTES and left:
            self.transport.abort()
        elif left:
            self._watch_reader()

    def _close_if_silent(self) -> None:
        # uvicorn declares the attribute as always set; before the first request it is None.
        cycle = getattr(self, "cycle", None)
        if self.transport.get_write_buffer_size():  # the client is still taking the last answer
            self._asking = self.loop.call_later(HEAD_SECONDS, self._close_if_silent)
        elif cycle is None or cycle.response_complete:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, with the headers that every answer has."""
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        headers += [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=f"{msg}\n".encode("ascii", "replace")),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


_TURNED_AWAY: Any = PlainTextResponse(
    "too many connections are open; try again in a moment\n",
    503,
    {**HEADERS, "Retry-After": "1", "Connection": "close"},
)


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
    """Serve `app` on a socket until the process receives a signal to stop; calls `started` when it is ready."""
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
        timeout_keep_alive=_IDLE_SECONDS,
        h11_max_incomplete_event_size=_MOST_HEAD_BYTES,
        timeout_graceful_shutdown=5,
    )
    return _Server(config, started)


class _Server(uvicorn.Server):
    """A server that calls a function when it is ready."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], Any]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()
