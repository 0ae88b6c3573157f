"""Addresses of pages: where an IRI of the graph is shown, and lists with their facets."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from papergraph.ontology.iri import note_iri
from papergraph.ontology.terms import PG

#: Where IRIs of the graph are shown, whatever their base.
PLACE = "/id/"
#: What stays as it is in a path; `%` too, since IRIs of notes hold percent-encoded characters.
_SAFE = "/%:@!$&'()*+,;=~"


def path_of(iri: str, base: str) -> str:
    """Return the path at which an IRI is shown; "" for one that is not of the graph.

    >>> path_of("https://w3id.org/papergraph/id/method/h2o", "https://w3id.org/papergraph/id/")
    '/id/method/h2o'
    >>> path_of("https://w3id.org/papergraph/ontology#uses", "https://w3id.org/papergraph/id/")
    '/ontology#uses'
    """
    if iri.startswith(PG):
        return f"/ontology#{iri.removeprefix(PG)}"
    return PLACE + quote(iri.removeprefix(base), safe=_SAFE) if iri.startswith(base) else ""


def note_path(note: str, base: str) -> str:
    """Return the path at which a note is shown, by its own path.

    >>> note_path("kv cache.md", "https://w3id.org/papergraph/id/")
    '/id/note/kv%20cache.md'
    """
    return path_of(note_iri(note, base), base)


def short_iri(iri: str, base: str) -> str:
    """Return an IRI as queries and the map write it.

    >>> short_iri("https://w3id.org/papergraph/id/method/h2o", "https://w3id.org/papergraph/id/")
    'method:h2o'
    """
    return ":".join(iri.removeprefix(base).split("/", 1))


def list_address(kind: str, page: int = 1, facets: Mapping[str, str] | None = None) -> str:
    """Return the address of a page of the list of a type, narrowed by facets.

    >>> list_address("Method", 2, {"year": "2024", "topic": ""})
    '/browse?type=Method&year=2024&page=2'
    """
    asked = {"type": kind, **{name: value for name, value in (facets or {}).items() if value}}
    return "/browse?" + urlencode(asked | ({"page": str(page)} if page > 1 else {}), safe=":")


def timeline_address(iri: str, base: str) -> str:
    """Return the address of the timeline of an entity.

    >>> timeline_address("https://w3id.org/papergraph/id/topic/kv-cache", "https://w3id.org/papergraph/id/")
    '/timeline?name=topic:kv-cache'
    """
    return "/timeline?" + urlencode({"name": short_iri(iri, base)}, safe=":")
