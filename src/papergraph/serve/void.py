"""What the dataset holds, in the VoID vocabulary: counts, and which classes are joined by which properties."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256

import pyoxigraph as ox

from papergraph.ontology.terms import DCTERMS, FABIO, PG, SKOS, XSD
from papergraph.serve.statements import TYPE, VOID, VOID_EXT, says
from papergraph.store import Seal

#: One row for each pair of class and property, and each class or datatype of their values.
PARTITIONS = """SELECT ?class ?property ?to ?datatype (COUNT(*) AS ?n) {
  ?s a ?class ; ?property ?o OPTIONAL { ?o a ?to } BIND(IF(ISLITERAL(?o), DATATYPE(?o), 1/0) AS ?datatype)
} GROUP BY ?class ?property ?to ?datatype"""
SIZES = "SELECT ?class (COUNT(?s) AS ?n) { ?s a ?class } GROUP BY ?class"

Row = dict[str, str]


def dataset_iri(origin: str) -> str:
    """Return the IRI of the dataset of the server at this address."""
    return f"{origin}/.well-known/void#dataset"


def read_rows(body: bytes) -> list[Row]:
    """Return the rows of an answer in SPARQL's JSON."""
    bindings = json.loads(body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def describe_dataset(
    origin: str, seal: Seal, sizes: Sequence[Row] = (), partitions: Sequence[Row] = ()
) -> Iterator[ox.Triple]:
    """Yield what can be said about the dataset; `sizes` and `partitions` are the rows of the queries of that name."""
    dataset = dataset_iri(origin)
    yield says(dataset, TYPE, VOID + "Dataset")
    yield says(dataset, DCTERMS + "title", ox.Literal("What the notes say, read by papergraph", language="en"))
    yield says(dataset, VOID + "sparqlEndpoint", f"{origin}/sparql")
    yield says(dataset, VOID + "dataDump", f"{origin}/store")
    yield says(dataset, VOID + "uriSpace", ox.Literal(seal.base))
    yield says(dataset, VOID + "triples", seal.quads)
    yield says(dataset, VOID + "entities", sum(n for _, n in seal.entities))
    yield says(dataset, VOID + "documents", len(seal.run.inputs))
    for vocabulary in (PG, DCTERMS, SKOS, FABIO):
        yield says(dataset, VOID + "vocabulary", vocabulary)
    for row in sizes:
        part = _part(dataset, row["class"])
        yield says(dataset, VOID + "classPartition", part)
        yield says(part, VOID + "class", row["class"])
        yield says(part, VOID + "entities", int(row["n"]))
    for row in partitions:
        yield from _partition(dataset, row)


def _partition(dataset: str, row: Row) -> Iterator[ox.Triple]:
    part, target = _part(dataset, row["class"], row["property"]), row.get("to") or row.get("datatype", "")
    yield says(_part(dataset, row["class"]), VOID + "propertyPartition", part)
    yield says(part, VOID + "property", row["property"])
    if not target:
        return
    inner = _part(dataset, row["class"], row["property"], target)
    literal = target.startswith(XSD) or "datatype" in row
    yield says(part, VOID_EXT + "datatypePartition" if literal else VOID + "classPartition", inner)
    yield says(inner, VOID_EXT + "datatype" if literal else VOID + "class", target)
    yield says(inner, VOID + "triples", int(row["n"]))


def _part(dataset: str, *iris: str) -> str:
    return f"{dataset}-{sha256(' '.join(iris).encode()).hexdigest()[:12]}"
