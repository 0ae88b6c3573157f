"""SPARQL over an open store: what it sees, and what it may not do."""

from __future__ import annotations

import pytest

from papergraph.ask.answer import STREAMED, render_answer
from papergraph.ask.query import ask, ask_for_text
from papergraph.errors import LimitError, QueryError
from papergraph.store import Dataset, GraphStore, memory_store
from tests import graphs


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return memory_store(graphs.small_graph(), graphs.RUN)


def test_select_ask_and_construct_are_answered(store: GraphStore) -> None:
    found = ask(store, "SELECT ?m { ?m pg:extends+ method:keyformer }")
    assert (found.kind, found.variables, found.rows[0][0].value) == ("select", ("m",), graphs.SQUEEZED)
    assert ask(store, "ASK { method:keyformer pg:improvesOn method:h2o }").truth
    made = ask(store, "CONSTRUCT { ?b pg:x ?a, ?a } { ?a pg:improvesOn|pg:extends ?b }")
    assert [r[0].value for r in made.rows] == sorted((graphs.H2O, graphs.KEYFORMER))


def test_the_union_of_all_graphs_counts_a_claim_of_two_notes_once(store: GraphStore) -> None:
    query = "SELECT (COUNT(?st) AS ?n) { ?st rdf:subject method:keyformer ; rdf:predicate pg:improvesOn }"
    assert ask(store, query).rows[0][0].value == "1"


@pytest.mark.parametrize("query", ["", "   ", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DROP ALL", "what is this"])
def test_what_is_no_query_is_refused_and_changes_nothing(store: GraphStore, query: str) -> None:
    with pytest.raises(QueryError):
        ask(store, query)
    assert store.digest == store.seal.digest


def test_dangerous_text_does_not_reach_the_engine(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="never access the network"):
        ask(store, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")


@pytest.mark.parametrize("head", ["SELECT *", "CONSTRUCT { ?a ?b ?f }"])
def test_an_answer_that_would_fill_the_memory_is_refused(store: GraphStore, head: str) -> None:
    with pytest.raises(LimitError, match="more than 1,000 rows: check that its patterns are joined, or add a LIMIT"):
        ask(store, head + " { ?a ?b ?c . ?d ?e ?f }", most_rows=1000)
    assert len(ask(store, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000", most_rows=1000).rows) == 1000


@pytest.mark.parametrize("form", STREAMED)
def test_rows_that_flow_through_are_those_that_are_held(store: GraphStore, form: str) -> None:
    query = "SELECT * { ?s ?p ?o OPTIONAL { ?o rdfs:label ?l } } ORDER BY ?s ?p ?o"
    flown = ask_for_text(store, query, form, most_bytes=1_000_000)
    assert flown == render_answer(ask(store, query), form).encode()
    assert ask_for_text(store, "ASK {}", form, most_bytes=10) is None
    with pytest.raises(LimitError, match="more than 100 bytes"):
        ask_for_text(store, query, form, most_bytes=100)


def test_a_query_sees_the_graphs_that_it_names_or_is_given(store: GraphStore) -> None:
    note = ask(store, "SELECT ?n { ?n a pg:Note } ORDER BY ?n").rows[0][0].value
    everything = len(ask(store, "SELECT * { ?s ?p ?o }").rows)
    named = len(ask(store, "SELECT * FROM <NOTE> { ?s ?p ?o }".replace("NOTE", note)).rows)
    assert 0 < named < everything
    assert len(ask(store, "SELECT * FROM <> { ?s ?p ?o }", base=note).rows) == named
    assert len(ask(store, "SELECT * { ?s ?p ?o }", dataset=Dataset(default=(note,))).rows) == named
    assert len(ask(store, "SELECT * { GRAPH ?g { ?s ?p ?o } }", dataset=Dataset(named=(note,))).rows) == named
    assert not ask(store, "SELECT * FROM NAMED <> { ?s ?p ?o }", base=note).rows
    assert not ask(store, "SELECT * { ?s ?p ?o }", dataset=Dataset()).rows


def test_a_graph_whose_name_is_no_iri_is_an_error(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="the query failed"):
        ask(store, "SELECT * { ?s ?p ?o }", dataset=Dataset(default=("no iri",)))


def test_a_bound_variable_without_a_value_stays_none(store: GraphStore) -> None:
    found = ask(store, "SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) } }")
    assert found.rows[0][1] is None
