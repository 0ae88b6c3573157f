"""The labels of relations."""

from __future__ import annotations

from typing import Literal

import rdflib

from papergraph.model import PREDICATES
from papergraph.ontology.relation_labels import relation_key, relation_label, relation_labels
from papergraph.ontology.terms import predicate_iri
from papergraph.resources import read_resource


def test_every_relation_has_a_label_from_both_ends_in_both_languages() -> None:
    keys = {relation_key(predicate, outgoing=outgoing) for predicate in PREDICATES for outgoing in (True, False)}
    assert relation_labels().keys() == keys
    assert all(label["en"] and label["zh"] for label in relation_labels().values())


def test_the_labels_are_those_of_the_ontology() -> None:
    graph = rdflib.Graph().parse(data=read_resource("ontology/papergraph.ttl"), format="turtle")
    for predicate in PREDICATES:
        for label in graph.objects(rdflib.URIRef(predicate_iri(predicate)), rdflib.RDFS.label):
            assert isinstance(label, rdflib.Literal)
            language: Literal["en", "zh"] = "zh" if label.language == "zh" else "en"
            assert str(label) == relation_label(predicate, outgoing=True, language=language)


def test_a_relation_reads_differently_from_its_other_end_unless_it_is_symmetric() -> None:
    for predicate in PREDICATES:
        one, other = (relation_label(predicate, outgoing=outgoing) for outgoing in (True, False))
        assert (one == other) == (predicate == "comparedWith")
