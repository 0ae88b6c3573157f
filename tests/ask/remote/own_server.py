"""A SPARQL server in this process, which can be made to fail at any request."""

from __future__ import annotations

import contextlib
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

import pyoxigraph as ox

from papergraph.ask.remote import Endpoint

#: What goes wrong with a request: it is not heard, or done and not answered; None where nothing does.
Failure = Literal["deaf", "mute"] | None


@dataclass
class OwnServer:
    """A store that answers over HTTP; each update is one step, as with most servers."""

    store: ox.Store = field(default_factory=ox.Store)
    url: str = ""
    requests: list[str] = field(default_factory=list)
    trouble: Callable[[int], Failure] = lambda number: None
    """Asked before each request, with its number from 1."""

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.url, seconds=20)

    def graphs(self) -> dict[str, set[str]]:
        """Return the triples of each graph that has any."""
        found: dict[str, set[str]] = {}
        for quad in self.store:
            found.setdefault(quad.graph_name.value, set()).add(str(quad.triple))
        return found

    def answer(self, form: dict[str, str]) -> bytes:
        if "update" in form:
            self.store.update(form["update"])
            return b""
        graph = form.get("default-graph-uri")
        results = self.store.query(form["query"], default_graph=ox.NamedNode(graph) if graph else None)
        assert not isinstance(results, ox.QueryTriples)
        return results.serialize(format=ox.QueryResultsFormat.JSON) or b""


@contextlib.contextmanager
def own_server() -> Iterator[OwnServer]:
    """Run it until the block ends."""
    state = OwnServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(urllib.parse.parse_qsl(text, keep_blank_values=True))
            state.requests.append(form.get("update") or form["query"])
            failure = state.trouble(len(state.requests))
            if failure == "deaf":
                return
            body = state.answer(form)
            if failure == "mute":
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name of the base class
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
