"""Terms of the ontology that a query names and that do not exist."""

from __future__ import annotations

import pytest

from papergraph.ask.named import read_queries
from papergraph.ask.unknown_terms import unknown_terms
from papergraph.ontology.terms import PG


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("SELECT * { ?a pg:use ?b }", {"pg:use": ("pg:uses",)}),
        ("SELECT * { ?a pg:Uses|^pg:extend+ ?b }", {"pg:Uses": ("pg:uses",), "pg:extend": ("pg:extends",)}),
        (f"SELECT * {{ ?a <{PG}introduce> ?b }}", {"pg:introduce": ("pg:introduces",)}),
        ("SELECT * { ?a pg:zzzqqq ?b }", {"pg:zzzqqq": ()}),
        ("SELECT * { ?pg pg:uses 'pg:use' } # pg:use", {}),
        ("PREFIX pg: <urn:x> SELECT * { ?a pg:use ?b }", {}),
        ("SELECT * { ?a method:pg:use ?b }", {}),
    ],
)
def test_terms_that_do_not_exist_are_found_with_those_near(sparql: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert {term.name: term.near[:1] for term in unknown_terms(sparql)} == expected


def test_ready_made_queries_know_the_ontology() -> None:
    assert [query.name for query in read_queries() if unknown_terms(query.text)] == []
