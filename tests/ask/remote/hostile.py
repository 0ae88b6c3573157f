"""A server on the loopback that answers byte for byte as a test wants."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

#: Gets what a client sent, and the socket to answer on.
Answering = Callable[[bytes, socket.socket], None]


@dataclass
class Hostile:
    """Where it listens, and what it was asked."""

    port: int
    requests: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"


@contextlib.contextmanager
def hostile(answer: Answering | bytes) -> Iterator[Hostile]:
    """Answer every connection with `answer`, or let it answer, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Hostile(server.getsockname()[1])

        def speak(connection: socket.socket) -> None:
            with contextlib.suppress(OSError), connection:
                request = _read_request(connection)
                found.requests.append(request)
                if isinstance(answer, bytes):
                    connection.sendall(answer)
                else:
                    answer(request, connection)

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=speak, args=server.accept()[:1], daemon=True).start()

        threading.Thread(target=listen, daemon=True).start()
        yield found
        server.shutdown(socket.SHUT_RDWR)


def _read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65_536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length")), 0)
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


def reply(body: bytes, kind: str = "application/sparql-results+json", status: str = "200 OK", *more: str) -> bytes:
    """Return a whole answer."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more, "", ""]
    return "\r\n".join(head).encode() + body
