"""Queries are told in words, with the terms of the ontology and the names of the graph."""

from __future__ import annotations

import pytest

from papergraph.ask.explain import explain
from papergraph.ask.named import read_queries
from papergraph.errors import QueryError
from papergraph.ontology.terms import BASE
from tests.conftest import Run


def told(sparql: str) -> list[str]:
    return explain(sparql, BASE, lambda iri: {f"{BASE}method/h2o": "H2O"}.get(iri, "")).splitlines()


def test_patterns_are_sentences_in_the_words_of_the_ontology() -> None:
    lines = told("SELECT ?m { ?m a pg:Method ; pg:improvesOn method:h2o ; rdfs:label ?l }")
    assert lines[:2] == ["find every ?m", "where"]
    assert sorted(lines[2:]) == ["  ?m improves on H2O", "  ?m is a method", "  ?m is labelled ?l"]


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        ("?a pg:extends|pg:improvesOn ?b", "?a extends or improves on ?b"),
        ("?a (pg:extends)+ ?b", "?a extends (directly or indirectly) ?b"),
        ("?a pg:introduces/rdfs:label ?l", "?a introduces, which is labelled ?l"),
        ("?s pg:polarity 'negative'", '?s has the polarity "negative"'),
        ("?a ?r ?b", "?a is related by ?r to ?b"),
        ("?a pg:uses ?b FILTER(?b != ?a)", "only if ?b != ?a"),
        ("?a pg:uses ?b FILTER(CONTAINS(STR(?b), 'x') && ?b != ?a)", 'only if CONTAINS(STR(?b), "x") and ?b != ?a'),
        ("?a pg:uses ?b MINUS { ?a a pg:Model }", "except where"),
        ("?a pg:uses ?b OPTIONAL { ?b pg:uses ?c }", "optionally"),
        ("?a pg:uses ?b FILTER NOT EXISTS { ?b pg:uses ?a }", "only if there is no match for"),
        ("{ ?a pg:uses ?b } UNION { ?b pg:uses ?a } UNION { ?a pg:extends ?b }", "or"),
        ("VALUES ?a { method:h2o method:lora }", "?a is one of: H2O, lora"),
        ("GRAPH ?g { ?a pg:uses ?b }", "in the note ?g"),
        ("?a pg:uses ?b BIND(STR(?b) AS ?c)", "?c is STR(?b)"),
    ],
)
def test_each_form_has_its_words(pattern: str, line: str) -> None:
    assert line in [text.strip() for text in told(f"SELECT * {{ {pattern} }}")]


def test_order_limits_and_groups_are_told() -> None:
    ends = "GROUP BY ?i ORDER BY DESC(?n) LIMIT 5"
    lines = told(f"SELECT ?i (COUNT(DISTINCT ?p) AS ?n) {{ ?p pg:affiliatedWith ?i }} {ends}")
    assert "  for each ?i" in lines
    assert "  ?n is the number of different ?p" in lines
    assert lines[-2:] == ["ordered by ?n (descending)", "at most 5 rows"]


def test_other_questions_are_told_apart() -> None:
    assert told("ASK { ?a pg:uses ?b }")[0] == "ask whether there is a match"
    assert told("CONSTRUCT { ?a pg:uses ?b } { ?a pg:uses ?b }")[0] == "build triples from every match"


@pytest.mark.parametrize("name", [q.name for q in read_queries()])
def test_every_ready_made_query_can_be_explained(run: Run, demo_store: str, name: str) -> None:
    outcome = run("query", name, "--explain", "--store", demo_store)
    assert outcome.code == 0
    assert "where\n" in outcome.out
    assert "Builtin" not in outcome.out
    assert "https://w3id.org" not in outcome.out


def test_what_is_no_sparql_cannot_be_explained() -> None:
    with pytest.raises(QueryError, match="cannot be explained"):
        told("SELECT oops")
