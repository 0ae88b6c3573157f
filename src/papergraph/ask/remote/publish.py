"""Putting a graph on a SPARQL server, in bounded updates of which any may fail.

The triples go into one graph, whatever note they come from: servers disagree about what a query sees that names no
graph. They are gathered in a graph beside it, of which nobody else knows, are counted, and take the place of the old
ones in one update that does nothing if another publish took over meanwhile; servers that run an update as one step let
readers see the old graph or the new one. They are counted again, and what is whole is written down last of all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from papergraph.ask.remote.claim import (
    Book,
    Target,
    break_seal,
    check_claim,
    count,
    drop_foreign_claims,
    forget,
    note_staging,
    read_book,
    running,
    set_seal,
    take_claim,
    while_claimed,
)
from papergraph.ask.remote.endpoint import Endpoint
from papergraph.ask.remote.graph import PUBLISHED
from papergraph.ask.source import Readable
from papergraph.errors import EndpointError

#: Triples and bytes of one update: far below what the servers that we know take.
_BATCH = 500
_BATCH_BYTES = 250_000
#: How long a publish that failed tries to clean up.
_FAREWELL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did."""

    graph: str
    """IRI of the graph on the server."""
    triples: int
    batches: int
    """Number of updates sent; 0 if the server already had this graph."""


def publish(
    source: Readable,
    endpoint: Endpoint,
    *,
    take_over: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Published:
    """Replace the graph on the server with that of `source`; `progress` gets the number of batches done and of all.

    With `take_over` a publish that says that it is running loses the server; without, it is taken for dead only if it
    ran on this machine and its process is gone.

    Raises:
        StoreError: if `source` lies on a server itself.
        EndpointError: if the server cannot be reached or refuses, or another publish holds it; readers then have what
            they had before, if the server runs an update as one step, and another call puts things right.
    """
    place, digest = _place(endpoint, source.base), source.digest
    batches = list(_batches(_triples(source)))
    triples = sum(batch.count("\n") for batch in batches)
    book = read_book(place)
    if book.seals == ((digest, triples),) and count(place, place.target) == triples:
        _remove_leftovers(place, book, keep=book.held())
        return Published(place.target, triples, 0)
    if (book.held() or book.foreign) and not take_over:
        raise running(place, book, book.held())
    staging = place.new_staging()
    try:
        take_claim(place, staging, drop_foreign_claims(place, book))
        _remove_leftovers(place, book)
        _fill(place, staging, batches, progress)
        _exchange(place, staging, triples)
        place.update(set_seal(place, staging, digest, triples), *forget(place, staging))
    except BaseException:
        _give_up(place, staging)
        raise
    if read_book(place).seals != ((digest, triples),):
        raise EndpointError(
            f"{endpoint.url}: another publish replaced this graph; publish again if that was not intended"
        )
    return Published(place.target, triples, len(batches))


def _place(endpoint: Endpoint, base: str) -> Target:
    target = endpoint.graph or base + PUBLISHED
    try:
        ox.NamedNode(target)
    except ValueError as error:
        raise EndpointError(f"{target!r} is not a valid graph name; a graph is named by an IRI: {error}") from error
    return Target(endpoint.within(""), target)


def _remove_leftovers(place: Target, book: Book, *, keep: tuple[str, ...] = ()) -> None:
    """Remove the staging graphs of publishes that crashed or were taken over.

    Only what was seen before is removed: who came since is at work.
    """
    for left in sorted({*book.stagings, *book.claims} - set(keep)):
        place.update(*forget(place, left))


def _fill(place: Target, staging: str, batches: list[str], progress: Callable[[int, int], None] | None) -> None:
    for number, batch in enumerate(batches, 1):
        # Written down with every batch, so that one that arrives late is found and removed as well.
        place.update(f"INSERT DATA {{ GRAPH <{staging}> {{\n{batch}}} {note_staging(place, staging)} }}")
        if progress:
            progress(number, len(batches))


def _exchange(place: Target, staging: str, triples: int) -> None:
    """Let the new graph take the place of the old one, if it is whole and still ours to put there."""
    _check_count(place, staging, staging, triples)
    old, new = (f"GRAPH <{graph}> {{ ?s ?p ?o }}" for graph in (place.target, staging))
    place.update(
        *break_seal(place, staging),
        f"DELETE {{ {old} }} {while_claimed(place, staging, old)}",
        f"INSERT {{ {old} }} {while_claimed(place, staging, new)}",
    )
    _check_count(place, staging, place.target, triples)


def _check_count(place: Target, staging: str, graph: str, expected: int) -> None:
    """Let a graph pass that is whole, while the claim is ours: who took over may have removed it meanwhile."""
    found = count(place, graph)
    check_claim(place, staging)
    if found != expected:
        raise EndpointError(
            f"{place.where}: <{graph}> contains {found:,} triples, but {expected:,} were sent; publish again"
        )


def _give_up(place: Target, staging: str) -> None:
    """Remove what is ours, if the server still listens; anything left is removed by the next publish."""
    hasty = replace(place.endpoint, seconds=min(place.endpoint.seconds, _FAREWELL_SECONDS))
    with contextlib.suppress(EndpointError):
        replace(place, endpoint=hasty).update(*forget(place, staging), patient=False)


def _triples(source: Readable) -> list[str]:
    """Return the triples of all graphs as lines of N-Triples, each once, in order."""
    return sorted({f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in source.quads()})


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
