from __future__ import annotations

import pytest

from papergraph.errors import QueryError, UnknownNameError
from papergraph.model import Entity, Graph
from papergraph.ontology.terms import PG
from papergraph.store import GraphStore, memory_store
from tests import graphs
from tests.store.folders import GRAPH


def test_names_are_found_by_label_alias_identifier_and_iri_however_they_are_spelt(store: GraphStore) -> None:
    for name in ("H2O", "h₂o", "heavy hitter oracle", "重击者", "method:h2o", graphs.H2O):
        assert [c.iri for c in store.find(name)] == [graphs.H2O], name
    for name in ("arXiv:2306.14048", "2306.14048", "ARXIV 2306.14048"):
        assert [c.iri for c in store.find(name)] == [graphs.H2O_PAPER], name
    assert store.find("清华")[0].label == "Tsinghua University"
    assert store.find("smartphone")[0].mentions == 1


def test_the_likeliest_of_several_entities_with_a_name_comes_first() -> None:
    mentioned = graphs.small_graph().entities[0].places
    entities = (
        Entity("urn:alias", "Method", "State Space Model", ("Mamba",), places=mentioned * 9),
        Entity("urn:folded", "Model", "MAMBA", places=mentioned),
        Entity("urn:label", "Method", "Mamba"),
    )
    store = memory_store(Graph(entities, (), GRAPH.notes), graphs.RUN)
    assert [c.iri for c in store.find("Mamba")] == ["urn:label", "urn:folded", "urn:alias"]


def test_an_unknown_name_gets_suggestions_by_spelling_and_by_beginning(store: GraphStore) -> None:
    with pytest.raises(UnknownNameError, match="did you mean Keyformer"):
        store.find("Keyfomer")
    assert "Squeezed Attention" in store.suggest("squeez")
    assert store.suggest("zzzzzz") == ()
    assert store.suggest("") == ()


def test_names_of_punctuation_only_and_with_lone_surrogates_are_found() -> None:
    store = memory_store(Graph((Entity("urn:a", "Method", "++"), Entity("urn:b", "Method", "…"))), graphs.RUN)
    assert store.find("++")[0].iri == "urn:a"
    assert store.find("…")[0].iri == "urn:b"
    odd = memory_store(Graph((Entity("urn:c", "Method", "a\ud800b"),)), graphs.RUN)
    assert odd.find("a\ud800b")[0].iri == "urn:c"


def test_queries_see_all_graphs_as_one_with_our_prefixes(store: GraphStore) -> None:
    rows = list(store.select("SELECT ?m ?c { ?s rdf:subject ?m ; rdf:object method:h2o ; pg:confidence ?c }"))
    assert {"m": graphs.KEYFORMER, "c": "0.9"} in rows
    assert list(store.select("SELECT ?m ?x { ?m pg:extends ?y OPTIONAL { ?m pg:nothing ?x } }")) == [
        {"m": graphs.SQUEEZED}
    ]


def test_quads_are_read_by_pattern(store: GraphStore) -> None:
    found = list(store.quads(predicate=PG + "improvesOn", obj=graphs.H2O))
    assert [q.subject.value for q in found] == [graphs.KEYFORMER]


def test_errors_of_the_engine_become_query_errors(store: GraphStore) -> None:
    with pytest.raises(QueryError, match=r"invalid SPARQL: error at 1:"):
        store.query("SELECT ?x {")
    with pytest.raises(QueryError):
        list(store.select("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"))
