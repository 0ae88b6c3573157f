"""A server that runs in a thread of the tests, and clients as plain as can be."""

from __future__ import annotations

import contextlib
import http.client
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from papergraph.model import Graph, Run
from papergraph.ontology.terms import BASE
from papergraph.serve import Settings, make_app
from papergraph.serve.run import make_server, open_socket
from papergraph.store import writing
from papergraph.store.build import _build, _swap, _write_database
from papergraph.store.pointer import Pointer
from papergraph.store.seal import generation_name, make_seal, seal_to_json
from papergraph.store.spool import spooled


@dataclass(frozen=True)
class Response:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Server:
    """Where a server listens."""

    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(
        self, path: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Response(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str = "", **fields: str | list[str]) -> Response:
        """Send a query as a form."""
        body = urlencode({"query": query, **fields}, doseq=True).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", **({"Accept": accept} if accept else {})}
        return self.send("/sparql", "POST", body, headers)


@contextlib.contextmanager
def running(settings: Settings) -> Iterator[Server]:
    """Serve until the block ends."""
    app = make_app(settings)
    listening = open_socket("127.0.0.1", 0)
    ready = threading.Event()
    server = make_server(app, started=ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    assert ready.wait(60)
    try:
        yield Server(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


def write_store(folder: Path, quads: Iterator[ox.Quad] | list[ox.Quad], base: str = BASE) -> Path:
    """Make a store of any quads, which no notes said."""
    names = b""
    with writing(folder), spooled(quads, folder) as spool:
        seal = make_seal(Graph(), spool.quads, spool.digest, names, Run("test", "0" * 64), base)
        (folder / "generations").mkdir(exist_ok=True)
        target = folder / "generations" / generation_name(seal_to_json(seal))
        _build(target.parent, target, lambda place: _write_database(place, spool), names, seal)
        _swap(folder, Pointer(), target.name)
    return folder
