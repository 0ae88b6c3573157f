"""Putting a graph on a SPARQL server, in bounded updates that may be broken off anywhere and gone on with.

The triples go into one graph, whatever note they come from: servers disagree about what a query sees that names no
graph. They are gathered in a graph beside it, which takes its place at the end in one step, so that readers see the old
graph or the new one. A third graph says how far the work is, for which build; repeating a batch changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from papergraph.answer import read_answer
from papergraph.errors import EndpointError
from papergraph.remote.endpoint import Endpoint
from papergraph.remote.graph import PUBLISHED
from papergraph.store import GraphStore
from papergraph.terms import PG

#: Triples and bytes of one update: far below what the servers that we know take.
_BATCH = 500
_BATCH_BYTES = 250_000
_DIGEST = f"<{PG}digest>"
_DONE = f"<{PG}batches>"
_FINISHED = -1


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did."""

    graph: str
    """IRI of the graph on the server."""
    triples: int
    batches: int
    """How many updates were sent; 0 if the server had this very graph."""


def publish(store: GraphStore, endpoint: Endpoint, *, tell: Callable[[int, int], None] | None = None) -> Published:
    """Make the server's graph the one of `store`; `tell` hears how many of how many batches are done.

    Raises:
        EndpointError: if the server cannot be reached or refuses; another call goes on where this one ended.
    """
    target = endpoint.graph or store.seal.base + PUBLISHED
    staging, progress = f"{target}/next", f"{target}/progress"
    plain = endpoint.within("")
    batches = list(_batches(_triples(store)))
    triples = sum(batch.count("\n") for batch in batches)
    digest, done = _progress(plain.within(progress), target)
    if digest == store.seal.digest and done == _FINISHED:
        return Published(target, triples, 0)
    if digest != store.seal.digest or done > len(batches):
        plain.update(f"DROP SILENT GRAPH <{staging}>")
        plain.update(_note_progress(progress, target, store.seal.digest, 0))
        done = 0
    for number in range(max(done, 0), len(batches)):
        plain.update(f"INSERT DATA {{ GRAPH <{staging}> {{\n{batches[number]}}} }}")
        plain.update(_note_progress(progress, target, store.seal.digest, number + 1))
        if tell:
            tell(number + 1, len(batches))
    _exchange(plain, staging, target)
    plain.update(_note_progress(progress, target, store.seal.digest, _FINISHED))
    return Published(target, triples, len(batches) - max(done, 0))


def _exchange(endpoint: Endpoint, staging: str, target: str) -> None:
    """Let the new graph take the place of the old one; what was moved before is not moved again."""
    if _holds(endpoint.within(staging)):
        endpoint.update(f"MOVE SILENT GRAPH <{staging}> TO GRAPH <{target}>")
    if _holds(endpoint.within(staging)) or not _holds(endpoint.within(target)):
        raise EndpointError(f"{endpoint.url}: the server did not move <{staging}> to <{target}>")


def _holds(endpoint: Endpoint) -> bool:
    # A table, since Virtuoso's JSON for ASK is its own.
    return bool(_rows(endpoint, "SELECT ?s { ?s ?p ?o } LIMIT 1"))


def _note_progress(progress: str, target: str, digest: str, done: int) -> str:
    """Return the update that writes down how far the work is."""
    return (
        f"DELETE WHERE {{ GRAPH <{progress}> {{ <{target}> {_DIGEST} ?d }} }} ;\n"
        f"DELETE WHERE {{ GRAPH <{progress}> {{ <{target}> {_DONE} ?n }} }} ;\n"
        f'INSERT DATA {{ GRAPH <{progress}> {{ <{target}> {_DIGEST} "{digest}" ; {_DONE} {done} }} }}'
    )


def _progress(endpoint: Endpoint, target: str) -> tuple[str, int]:
    """Return for which build work was begun, and how many of its batches are done; ("", 0) for none."""
    rows = _rows(endpoint, f"SELECT ?d ?n {{ <{target}> {_DIGEST} ?d ; {_DONE} ?n }}")
    return (str(rows[0][0].value), int(rows[0][1].value)) if len(rows) == 1 else ("", 0)


def _rows(endpoint: Endpoint, sparql: str) -> tuple[tuple[Any, ...], ...]:
    data, _ = endpoint.query(sparql, "application/sparql-results+json")
    return read_answer(ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON), "").rows


def _triples(store: GraphStore) -> list[str]:
    """Return the triples of all graphs as lines of N-Triples, each once, in order."""
    return sorted({f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in store.quads()})


def _batches(lines: Iterable[str]) -> Iterator[str]:
    batch: list[str] = []
    size = 0
    for line in lines:
        if batch and (len(batch) >= _BATCH or size + len(line.encode()) > _BATCH_BYTES):
            yield "".join(batch)
            batch, size = [], 0
        batch.append(line)
        size += len(line.encode())
    if batch:
        yield "".join(batch)
