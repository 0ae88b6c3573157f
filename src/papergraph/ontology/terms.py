"""The IRIs of papergraph's classes and properties, as `ontology/papergraph.ttl` defines them."""

from __future__ import annotations

from typing import Final

from papergraph.model import EntityType, Predicate
from papergraph.ontology.kinds import KINDS

PG: Final = "https://w3id.org/papergraph/ontology#"
BASE: Final = "https://w3id.org/papergraph/id/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FABIO: Final = "http://purl.org/spar/fabio/"
BIBO: Final = "http://purl.org/ontology/bibo/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SCHEMA: Final = "https://schema.org/"
FAIR4ML: Final = "https://w3id.org/fair4ml#"

#: subject types, object types of every predicate; Model counts as Method wherever Method stands.
DOMAINS: Final[dict[Predicate, tuple[tuple[EntityType, ...], tuple[EntityType, ...]]]] = {
    "introduces": (("Paper",), ("Method", "Model", "Dataset")),
    "affiliatedWith": (("Paper", "Model", "Method", "Dataset"), ("Institution",)),
    "extends": (("Method", "Model", "Paper", "Dataset"), ("Method", "Model", "Paper", "Dataset")),
    "improvesOn": (("Method", "Model", "Paper", "Dataset"), ("Method", "Model", "Paper", "Dataset")),
    "uses": (("Method", "Model", "Paper", "Dataset"), ("Method", "Model", "Paper", "Dataset")),
    "outperforms": (("Method", "Model", "Paper", "Dataset"), ("Method", "Model", "Paper", "Dataset")),
    "comparedWith": (("Method", "Model", "Paper", "Dataset"), ("Method", "Model", "Paper", "Dataset")),
    "targetsHardware": (("Method", "Model", "Paper"), ("Hardware",)),
    "measuredOn": (("Method", "Model", "Paper"), ("Hardware",)),
    "evaluatedOn": (("Method", "Model", "Paper"), ("Dataset",)),
    "trainedOn": (("Method", "Model", "Paper"), ("Dataset",)),
    "hasTopic": (("Paper", "Method", "Model", "Dataset"), ("Topic",)),
    "authoredBy": (("Paper",), ("Person",)),
    "broader": (("Topic",), ("Topic",)),
}

#: The property that is asserted together with a predicate, because the engines do not infer it.
SUPER: Final[dict[Predicate, str]] = {
    "extends": PG + "buildsOn",
    "improvesOn": PG + "buildsOn",
    "uses": PG + "buildsOn",
    "outperforms": PG + "comparedWith",
    "measuredOn": PG + "targetsHardware",
}

#: Predicates that lineage follows by default.
LINEAGE: Final[tuple[Predicate, ...]] = ("extends", "improvesOn")


def class_iri(entity_type: str) -> str:
    """Return the IRI of a class.

    >>> class_iri("Method")
    'https://w3id.org/papergraph/ontology#Method'
    """
    return PG + entity_type


def predicate_iri(predicate: str) -> str:
    """Return the IRI of a predicate; `broader` is SKOS's own.

    >>> predicate_iri("improvesOn")
    'https://w3id.org/papergraph/ontology#improvesOn'
    """
    return SKOS + "broader" if predicate == "broader" else PG + predicate


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return the prefix map that queries may use without declaring it; one prefix per kind of entity.

    >>> prefixes()["method"]
    'https://w3id.org/papergraph/id/method/'
    """
    return {
        "pg": PG,
        "rdf": RDF,
        "rdfs": RDFS,
        "xsd": XSD,
        "skos": SKOS,
        "dcterms": DCTERMS,
        "fabio": FABIO,
        "bibo": BIBO,
        "foaf": FOAF,
        "prov": PROV,
        "oa": OA,
        "owl": OWL,
        "schema": SCHEMA,
        "fair4ml": FAIR4ML,
        **{kind: f"{base}{kind}/" for kind in KINDS.values()},
    }
