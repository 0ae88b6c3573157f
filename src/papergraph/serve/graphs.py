"""The reading half of the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

import anyio
import pyoxigraph as ox
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from papergraph.ask.answer import RDF_FORMATS
from papergraph.ontology.terms import prefixes
from papergraph.serve.address import service_of
from papergraph.serve.documents import form_of
from papergraph.serve.negotiation import QUADS, TRIPLES, Format
from papergraph.serve.protocol import decode_fields
from papergraph.store import GraphStore

#: Larger dumps wait on the disk for their readers, not in memory.
_MOST_IN_MEMORY = 8_000_000
_PIECE = 1 << 16
#: Dumps that are made at once.
_MOST_DUMPS = anyio.CapacityLimiter(2)


async def graphs(request: Request) -> Response:
    """Answer with the graph that the request names; with all of them, as quads, if it names none."""
    fields = decode_fields(request.scope["query_string"])
    asked = [(name, value) for name, value in fields if name in {"default", "graph"}]
    if len(asked) > 1:
        raise HTTPException(400, "name one graph with ?default or ?graph=IRI")
    form = form_of(request, TRIPLES if asked else QUADS)
    store = service_of(request).graph()
    graph = _named(store, asked[0]) if asked else None
    if _MOST_DUMPS.available_tokens < 1:
        raise HTTPException(503, "too many dumps are being written; try again in a moment", {"Retry-After": "1"})
    file = await anyio.to_thread.run_sync(_dump, store, graph, form, limiter=_MOST_DUMPS)
    size = file.seek(0, 2)
    file.seek(0)
    if request.method == "HEAD":
        file.close()
    charset = "; charset=utf-8" if form.media_type.startswith("text/") else ""
    headers = {"Content-Type": form.media_type + charset, "Content-Length": str(size), "Vary": "Accept"}
    body = _pieces(file) if request.method == "GET" else iter(())
    return StreamingResponse(body, headers=headers, background=BackgroundTask(file.close))


def _named(store: GraphStore, asked: tuple[str, str]) -> ox.NamedNode | ox.DefaultGraph:
    if asked[0] == "default":
        return ox.DefaultGraph()
    try:
        graph = ox.NamedNode(asked[1])
    except ValueError as error:
        raise HTTPException(400, "the graph name is not an IRI") from error
    if not store.store.contains_named_graph(graph):
        raise HTTPException(404, "no such graph; each note has a graph, named after the note")
    return graph


def _dump(store: GraphStore, graph: ox.NamedNode | ox.DefaultGraph | None, form: Format) -> IO[bytes]:
    file: IO[bytes] = SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115  closed by who reads it
    quads = store.quads(graph=graph)
    statements = quads if graph is None else (q.triple for q in quads)
    ox.serialize(statements, file, RDF_FORMATS[form.name], prefixes=prefixes(store.seal.base))
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
