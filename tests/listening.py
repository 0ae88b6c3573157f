"""An address on this machine that counts who comes."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Listener:
    """Who came, and where to."""

    address: str
    connections: list[object] = field(default_factory=list)


@contextlib.contextmanager
def listening() -> Iterator[Listener]:
    """Count connections until the block ends; nobody gets an answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(f"http://127.0.0.1:{server.getsockname()[1]}/x")

        def count() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, peer = server.accept()
                    found.connections.append(peer)
                    connection.close()

        threading.Thread(target=count, daemon=True).start()
        yield found
        server.shutdown(socket.SHUT_RDWR)
