"""The page of one IRI of the graph: what is said about it, and where it is named, each with links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request

from papergraph.ontology.terms import DCTERMS, PG, RDFS, prefixes
from papergraph.serve.address import path_of
from papergraph.serve.templates import render
from papergraph.serve.words import words_of
from papergraph.store import GraphStore

#: What names a thing to people, best first.
_NAMES = (RDFS + "label", PG + "sentence", DCTERMS + "identifier")


@dataclass(frozen=True, slots=True)
class Shown:
    """A term as a page shows it."""

    text: str
    href: str = ""
    """Where it leads; "" for text and for addresses that a page must not link."""
    language: str = ""


def entity_page(request: Request, store: GraphStore, iri: str) -> str:
    """Return the HTML page of an IRI that the graph knows; works without scripts."""
    outgoing = [(q.predicate, q.object) for q in store.quads(iri)]
    incoming = [(q.predicate, q.subject) for q in store.quads(obj=iri)]
    return render(
        "entity.html.j2",
        words=words_of(request),
        here=request.url.path,
        title=name_of(store, iri),
        iri=iri,
        path=path_of(iri, store.seal.base),
        parts=[("says", _grouped(store, outgoing)), ("is named by", _grouped(store, incoming))],
    )


def name_of(store: GraphStore, iri: str) -> str:
    """Return what people call an IRI; a short form of it if the graph has no name for it."""
    for predicate in _NAMES:
        if quad := next(store.quads(iri, predicate), None):
            return str(getattr(quad.object, "value", quad.object))
    for prefix, start in prefixes(store.seal.base).items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def shown(store: GraphStore, term: Any) -> Shown:
    """Return a term of the graph as a page shows it."""
    if not isinstance(term, ox.NamedNode):
        return Shown(str(getattr(term, "value", term)), language=getattr(term, "language", None) or "")
    path = path_of(term.value, store.seal.base)
    # Notes may link to anything; only addresses of the web become links.
    outside = term.value if term.value.startswith(("https://", "http://")) else ""
    return Shown(name_of(store, term.value), path or outside)


def _grouped(store: GraphStore, pairs: list[tuple[ox.NamedNode, Any]]) -> list[tuple[Shown, list[Shown]]]:
    found: dict[str, list[Any]] = {}
    for predicate, value in sorted(set(pairs), key=lambda p: (p[0].value, str(p[1]))):
        found.setdefault(predicate.value, []).append(value)
    return [(shown(store, ox.NamedNode(p)), [shown(store, v) for v in values]) for p, values in found.items()]
