"""One exchange over HTTP with a server that need not be friendly: a deadline for all of it, and a bound on the answer.

The clock of a socket starts anew with every byte; here every read gets what is left until the deadline.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import ssl
import time
import urllib.request
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Protocol

from papergraph.errors import EndpointError

_PIECE = 1 << 16
#: What zlib calls "gzip or zlib, as the head says".
_EITHER = 47
_CODINGS = frozenset({"gzip", "x-gzip", "deflate"})


@contextlib.contextmanager
def opened(
    seconds: float, handlers: Iterable[urllib.request.BaseHandler] = ()
) -> Iterator[urllib.request.OpenerDirector]:
    """Yield what sends requests, follows no redirects, and ends after `seconds` at the latest."""
    with contextlib.ExitStack() as files:  # urllib forgets to close the answers that ask for a password
        limit = _Limit(time.monotonic() + seconds, files)
        yield urllib.request.build_opener(_Plain(limit), _Secure(limit), _NoRedirects(), *handlers)


class Body(Protocol):
    """The answer of a server, as far as it was read."""

    headers: Any

    def read(self, amount: int, /) -> bytes:
        """Return at most so many bytes; none at the end."""


def read_body(body: Body, most_bytes: int) -> bytes:
    """Return the whole body, unpacked where the server packed it.

    Raises:
        EndpointError: if it is longer than `most_bytes`, packed or not, or packed in a way that was not asked for.
        http.client.IncompleteRead: if the line was cut.
    """
    coding = body.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in _CODINGS | {"identity", ""}:
        raise EndpointError("the response uses an encoding that was not requested")
    unpack = zlib.decompressobj(_EITHER) if coding in _CODINGS else None
    pieces, size = [], 0
    while piece := body.read(_PIECE):
        if unpack:
            piece = unpack.decompress(piece, most_bytes - size + 1)
        size += len(piece)
        if size > most_bytes:
            raise EndpointError(f"the answer has more than {most_bytes:,} bytes")
        pieces.append(piece)
    if getattr(body, "length", None) or (unpack and pieces and not unpack.eof):
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class _Limit:
    """When an exchange has to end, and what is to be closed then."""

    end: float
    files: contextlib.ExitStack

    def left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left


class _TimedReader(io.RawIOBase):
    """What a socket says until the deadline."""

    def __init__(self, connection: socket.socket, limit: _Limit) -> None:
        self._connection, self._limit = connection, limit
        self._raw = connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        self._connection.settimeout(self._limit.left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedSocket:
    """As much of a socket as http.client uses, with one deadline for all that it sends and receives."""

    def __init__(self, connection: socket.socket, limit: _Limit) -> None:
        self._connection, self._limit = connection, limit

    def sendall(self, data: Any) -> None:
        self._connection.settimeout(self._limit.left())
        self._connection.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        reader: io.BufferedReader = io.BufferedReader(_TimedReader(self._connection, self._limit))
        return self._limit.files.enter_context(reader)

    def close(self) -> None:
        self._connection.close()


class _Connection(http.client.HTTPConnection):
    def __init__(self, *arguments: Any, limit: _Limit, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._limit = limit

    def connect(self) -> None:
        self.timeout = self._limit.left()
        super().connect()
        self.sock: Any = _TimedSocket(self.sock, self._limit)


class _SecureConnection(_Connection, http.client.HTTPSConnection):
    pass


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, limit: _Limit) -> None:
        super().__init__()
        self._limit = limit

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_Connection, limit=self._limit), req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, limit: _Limit) -> None:
        super().__init__()
        self._limit = limit

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_SecureConnection, limit=self._limit), req, context=_trust())


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Leave a redirect to who sent the request."""


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Return the certificates that the machine trusts; reading them takes a while."""
    return ssl.create_default_context()
