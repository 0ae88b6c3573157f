"""The service description: what the endpoint can do (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from papergraph.ontology.terms import DCTERMS
from papergraph.serve.statements import FORMATS, SD, TYPE, VOID, says
from papergraph.serve.void import dataset_iri
from papergraph.store import Seal

_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)


def describe_service(endpoint: str, origin: str, seal: Seal) -> Iterator[ox.Triple]:
    """Yield what can be said about the endpoint with this address."""
    service, dataset = f"{endpoint}#service", dataset_iri(origin)
    yield says(service, TYPE, SD + "Service")
    yield says(service, SD + "endpoint", endpoint)
    yield says(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    yield says(service, SD + "feature", SD + "UnionDefaultGraph")
    for name in _RESULTS:
        yield says(service, SD + "resultFormat", FORMATS + name)
    yield says(service, SD + "defaultDataset", dataset)
    yield says(dataset, TYPE, SD + "Dataset")
    yield says(dataset, DCTERMS + "title", ox.Literal("What the notes say, read by papergraph", language="en"))
    yield says(dataset, SD + "defaultGraph", f"{dataset}-union")
    yield says(f"{dataset}-union", TYPE, SD + "Graph")
    yield says(f"{dataset}-union", VOID + "triples", seal.quads)
