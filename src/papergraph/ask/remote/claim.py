"""Who publishes to a graph on a server, and what was last put there whole: a few triples in a graph of our own.

A claim is the IRI of its publisher's staging graph, which no other process can produce. It is taken only where there
is none, or in the place of the very claim that was seen, each by one update, so that no clock is needed: who lost the
claim finds out before anything of theirs reaches the graph that is read.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
from dataclasses import dataclass, replace

import pyoxigraph as ox

from papergraph.ask.remote.endpoint import Endpoint
from papergraph.ask.remote.response import read_reply
from papergraph.errors import EndpointError
from papergraph.ontology.terms import PG
from papergraph.text.terminal import printable, shorten

_CLAIM, _STAGING, _HOST, _PID = (f"<{PG}{name}>" for name in ("claim", "staging", "host", "pid"))
_DIGEST, _TRIPLES = f"<{PG}digest>", f"<{PG}triples>"
_SELECT = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that publishes."""

    host: str
    pid: int

    def __str__(self) -> str:
        """Return the owner for people; the names come from a server."""
        return f"{shorten(printable(self.host), 80)}, pid {self.pid}"


@dataclass(frozen=True, slots=True)
class Target:
    """A graph on a server, and the records about publishing it."""

    endpoint: Endpoint
    target: str
    """IRI of the graph that people read."""

    @property
    def book(self) -> str:
        """IRI of the graph that holds the claim and the seal."""
        return f"{self.target}/publishing"

    @property
    def where(self) -> str:
        """The address, for messages."""
        return self.endpoint.url

    def new_staging(self) -> str:
        """Return the IRI of a new, unique graph."""
        return f"{self.target}/next/{secrets.token_hex(16)}"

    def is_staging(self, iri: str) -> bool:
        """Tell whether an IRI is one that `new_staging` makes; what a server sends might be anything."""
        return bool(re.fullmatch(f"{re.escape(self.target)}/next/[0-9a-f]{{32}}", iri))

    def update(self, *operations: str, patient: bool = True) -> None:
        """Run several operations as one update, which may run twice."""
        self.endpoint.update(" ;\n".join(operations), patient=patient)


@dataclass(frozen=True, slots=True)
class Book:
    """What is written down about a graph."""

    claims: tuple[str, ...] = ()
    foreign: bool = False
    """Whether there are claims of another form than papergraph makes."""
    stagings: tuple[str, ...] = ()
    """Every staging graph that was begun and not removed."""
    owners: tuple[tuple[str, Owner], ...] = ()
    seals: tuple[tuple[str, int], ...] = ()
    """Digest of the store that was published, and how many triples that makes."""

    def owner(self, claim: str) -> Owner:
        """Return who holds a claim."""
        return dict(self.owners).get(claim, Owner("unknown host", 0))

    def held(self) -> tuple[str, ...]:
        """Return the claims whose owners may still be at work."""
        return tuple(claim for claim in self.claims if not is_gone(self.owner(claim)))


def this_process() -> Owner:
    """Return who we are."""
    return Owner(socket.gethostname(), os.getpid())


def is_gone(owner: Owner) -> bool:
    """Tell whether a publisher has certainly ended: only those of this machine can be looked for.

    A claim of our own process was left by a call that failed, since a call that ends well takes its claim with it.
    """
    us = this_process()
    if owner.host != us.host or os.name != "posix" or owner.pid <= 0:
        return False
    if owner.pid == us.pid:
        return True
    try:
        os.kill(owner.pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def read_book(place: Target) -> Book:
    """Return the records; those of another form than papergraph writes are ignored."""
    said: dict[tuple[str, str], list[str]] = {}
    for subject, predicate, value in _rows(place, place.book, "SELECT ?s ?p ?o { ?s ?p ?o }", 3):
        said.setdefault((subject, f"<{predicate}>"), []).append(value)

    def ours(predicate: str) -> tuple[str, ...]:
        return tuple(sorted(filter(place.is_staging, said.get((place.target, predicate), []))))

    def number(subject: str, predicate: str) -> int:
        found = said.get((subject, predicate), [""])[0]
        return int(found) if re.fullmatch(r"[0-9]{1,18}", found) else 0

    owners = {s: Owner(host[0], number(s, _PID)) for (s, p), host in said.items() if p == _HOST}
    seals = tuple((digest, number(place.target, _TRIPLES)) for digest in said.get((place.target, _DIGEST), []))
    foreign = len(ours(_CLAIM)) < len(said.get((place.target, _CLAIM), []))
    return Book(ours(_CLAIM), foreign, ours(_STAGING), tuple(owners.items()), seals)


def count(place: Target, graph: str) -> int:
    """Return how many triples a graph holds."""
    rows = _rows(place, graph, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", 1)
    if len(rows) != 1 or not re.fullmatch(r"[0-9]{1,18}", rows[0][0]):
        raise EndpointError(f"{place.where}: the server did not return a count of triples")
    return int(rows[0][0])


def take_claim(place: Target, staging: str, before: Book) -> None:
    """Claim the graph for a staging graph, where there is no claim or the one in `before`.

    Raises:
        EndpointError: if another publish was faster.
    """
    us = this_process()
    ours = f"<{place.target}> {_CLAIM} <{staging}> ; {_STAGING} <{staging}> ."
    who = f"<{staging}> {_HOST} {ox.Literal(us.host)} ; {_PID} {us.pid}"
    new = f"INSERT {{ GRAPH <{place.book}> {{ {ours} {who} }} }}"
    if before.claims:
        seen = " ".join(f"<{place.target}> {_CLAIM} <{claim}> ." for claim in before.claims)
        old = f"GRAPH <{place.book}> {{ {seen} }}"
        place.update(f"DELETE {{ {old} }} {new} WHERE {{ {old} }}")
    else:
        # Virtuoso 7 does not heed NOT EXISTS behind an empty group, but counts rightly.
        free = f"SELECT (COUNT(?c) AS ?n) WHERE {{ GRAPH <{place.book}> {{ <{place.target}> {_CLAIM} ?c }} }}"
        place.update(f"{new} WHERE {{ {{ {free} }} FILTER(?n = 0) }}")
    after = read_book(place)
    if after.claims != (staging,):
        raise running(place, after, tuple(claim for claim in after.claims if claim != staging))


def running(place: Target, book: Book, claims: tuple[str, ...]) -> EndpointError:
    """Return the error for a graph that somebody else is publishing to."""
    who = f" ({book.owner(claims[0])})" if claims else ""
    return EndpointError(
        f"{place.where}: another publish is running{who}; wait for it to finish, or use --take-over if it has crashed"
    )


def drop_foreign_claims(place: Target, before: Book) -> Book:
    """Remove all claims, where some cannot be read, and return what is left."""
    if not before.foreign:
        return before
    place.update(f"DELETE WHERE {{ GRAPH <{place.book}> {{ <{place.target}> {_CLAIM} ?claim }} }}")
    return replace(before, claims=(), foreign=False)


def check_claim(place: Target, staging: str) -> None:
    """Check that this publish, and no other, holds the claim.

    Raises:
        EndpointError: if another publish holds it.
    """
    book = read_book(place)
    others = [claim for claim in book.claims if claim != staging]
    if others:
        raise EndpointError(f"{place.where}: another publish took over ({book.owner(others[0])})")
    if staging not in book.claims:
        raise EndpointError(f"{place.where}: another publish took over and has finished")


def while_claimed(place: Target, staging: str, graphs: str = "") -> str:
    """Return the WHERE of an operation that is to do nothing once the claim is lost."""
    return f"WHERE {{ GRAPH <{place.book}> {{ <{place.target}> {_CLAIM} <{staging}> }} {graphs} }}"


def break_seal(place: Target, staging: str) -> tuple[str, ...]:
    """Return the operations after which nothing is written down as whole."""
    old = (f"GRAPH <{place.book}> {{ <{place.target}> {p} ?old }}" for p in (_DIGEST, _TRIPLES))
    return tuple(f"DELETE {{ {pattern} }} {while_claimed(place, staging, pattern)}" for pattern in old)


def set_seal(place: Target, staging: str, digest: str, triples: int) -> str:
    """Return the operation that writes down what is in the graph."""
    seal = f'GRAPH <{place.book}> {{ <{place.target}> {_DIGEST} "{digest}" ; {_TRIPLES} {triples} }}'
    return f"INSERT {{ {seal} }} {while_claimed(place, staging)}"


def note_staging(place: Target, staging: str) -> str:
    """Return the block of triples by which the next publish finds a staging graph."""
    return f"GRAPH <{place.book}> {{ <{place.target}> {_STAGING} <{staging}> }}"


def forget(place: Target, staging: str) -> tuple[str, ...]:
    """Return the operations that remove a staging graph, and its claim if it has one."""
    book = place.book
    return (
        f"DROP SILENT GRAPH <{staging}>",
        f"DELETE WHERE {{ GRAPH <{book}> {{ <{staging}> ?p ?o }} }}",
        f"DELETE WHERE {{ GRAPH <{book}> {{ <{place.target}> ?p <{staging}> }} }}",
    )


def _rows(place: Target, graph: str, sparql: str, columns: int) -> tuple[tuple[str, ...], ...]:
    data, kind = place.endpoint.within(graph).query(sparql, _SELECT)
    try:
        answer = read_reply(data, kind)
    except EndpointError as error:
        raise EndpointError(f"{place.where}: {error}") from error
    if len(answer.variables) != columns:
        raise EndpointError(f"{place.where}: unexpected answer from the server")
    return tuple(tuple(str(getattr(term, "value", "")) for term in row) for row in answer.rows)
