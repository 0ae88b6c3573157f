"""What the server says about itself: service, dataset, and example queries.

Editors look for all of it by queries, without naming a graph. The store holds what the notes say and nothing else, so
queries in the vocabularies of such descriptions, which the store does not use, are put to the descriptions instead.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from papergraph.ask.guard import used_prefixes
from papergraph.serve.description import describe_service
from papergraph.serve.examples import describe_examples
from papergraph.serve.service import Service
from papergraph.serve.statements import SD, SH, VOID, VOID_EXT, write_triples
from papergraph.serve.void import PARTITIONS, SIZES, Row, describe_dataset, read_rows

_NAMESPACES = (SD, SH, VOID, VOID_EXT)
_DECLARATION = re.compile(r"\bprefix\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
#: Counting everything takes about a second for 10^5 quads; it is done once for each generation.
_SECONDS = 60.0


def asks_about_server(query: str) -> bool:
    """Tell whether a query uses one of the vocabularies of descriptions; to declare a prefix is not to use it.

    >>> asks_about_server("PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT * { ?q a sh:SPARQLExecutable }")
    True
    >>> asks_about_server("PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT * { ?q a pg:Method }")
    False
    """
    declared = {prefix for prefix, iri in _DECLARATION.findall(query) if iri in _NAMESPACES}
    rest = _DECLARATION.sub(" ", query)
    return any(f"<{n}" in rest for n in _NAMESPACES) or bool(declared and declared & used_prefixes(query))


async def describe_server(service: Service, origin: str) -> str:
    """Return everything that the server says about itself, as N-Triples."""
    triples = [*await dataset_triples(service, origin), *example_triples(service, origin)]
    triples += service_triples(service, f"{origin}/sparql", origin)
    return write_triples(triples, "ntriples", service.graph().seal.base).decode()


def service_triples(service: Service, endpoint: str, origin: str) -> list[ox.Triple]:
    """Return the service description."""
    return list(describe_service(endpoint, origin, service.graph().seal))


def example_triples(service: Service, origin: str) -> list[ox.Triple]:
    """Return the ready-made queries."""
    queries = service.queries()
    return list(describe_examples(origin, queries, service.graph().seal.base))


async def dataset_triples(service: Service, origin: str) -> list[ox.Triple]:
    """Return the description of the dataset; without its parts if they take too long to count."""
    sizes, partitions = await _rows(service, SIZES), await _rows(service, PARTITIONS)
    return list(describe_dataset(origin, service.graph().seal, sizes, partitions))


async def _rows(service: Service, query: str) -> list[Row]:
    if known := service.remember(query, list[Row]):
        return known
    reply = await service.ask_at_length(query, _SECONDS)
    rows = read_rows(reply.body) if reply.status == "ok" else []
    known.extend(rows)
    return rows
