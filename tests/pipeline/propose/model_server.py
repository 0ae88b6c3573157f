"""A server that plays a language model: it answers as a list of turns says, and counts who asks what."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Turn = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Model:
    """A model on this machine."""

    url: str
    turns: list[Turn]
    """What the next requests meet; the last turn is that of all others."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def send(status: int, body: bytes | str, **headers: str) -> Turn:
    """A turn that answers with a status, a body and headers."""

    def turn(handler: BaseHTTPRequestHandler) -> None:
        data = body.encode() if isinstance(body, str) else body
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        with contextlib.suppress(OSError):  # whoever has had enough goes away
            handler.wfile.write(data)

    return turn


def say(reply: str, **usage: int) -> Turn:
    """A turn that replies as a model does."""
    body: dict[str, Any] = {"choices": [{"message": {"role": "assistant", "content": reply}}]}
    return send(200, json.dumps({**body, "usage": usage} if usage else body))


def stall(until: threading.Event) -> Turn:
    """A turn that says nothing until an event."""

    def turn(handler: BaseHTTPRequestHandler) -> None:
        until.wait(30)

    return turn


def drip(start: bytes, until: threading.Event) -> Turn:
    """A turn that begins as told, and sends one more letter now and then until an event."""

    def turn(handler: BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(OSError):
            handler.wfile.write(start or b"HTTP/1.1 200 OK\r\nX: ")
            while not until.wait(0.05):
                handler.wfile.write(b"x")

    return turn


NOTHING = '{"entities": [], "relations": []}'


@contextlib.contextmanager
def model_server(*turns: Turn) -> Iterator[Model]:
    """Serve the turns until the block ends."""
    lock = threading.Lock()
    model = Model("", list(turns) or [say(NOTHING)])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                model.asked.append(json.loads(content))
                model.headers.append(dict(self.headers))
                turn = model.turns.pop(0) if len(model.turns) > 1 else model.turns[0]
            turn(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
