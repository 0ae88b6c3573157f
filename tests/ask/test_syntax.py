"""What is wrong with a query is told with line, column and a caret."""

from __future__ import annotations

import re

import pytest

from papergraph.ask.query import ask
from papergraph.errors import QueryError
from papergraph.store import GraphStore, memory_store
from tests import graphs


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return memory_store(graphs.small_graph(), graphs.RUN)


def test_a_syntax_error_shows_line_column_and_place(store: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        ask(store, 'SELECT ?x {\n  ?x rdfs:label "注意力" oops }\n')
    first, line, caret = str(caught.value).splitlines()
    assert first == "invalid SPARQL at line 2, column 23: unexpected 'oops'"
    assert line == '  line 2:   ?x rdfs:label "注意力" oops }'
    assert caret.index("^") == len("  line 2: ") + 22 + 3, "three characters before it take two columns"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "line 1, column 1: the query ends unexpectedly"),
        ("SELECT ?x { ?x a ?y . FILTR(?x) }", "line 1, column 23: unexpected 'FILTR"),
        ("SELECT x { ?x a ?y }", "line 1, column 8: unexpected 'x'"),
        ("INSERT DATA {}", "line 1, column 1: unexpected 'INSERT'"),
        ("SELECT ?x WHERE ?x a ?y }", 'line 1, column 17: expected "{"'),
        ("SELECT ?x {\r\n?x a ?y\r\n} }", "line 3, column 3: unexpected '}'"),
        ("SELECT ?y (COUNT(?x) AS ?n) { ?x a ?y }", "The SELECT contains a variable that is unbound"),
        ("SELECT * { ?x foaff:name ?y }", "line 1, column 15: unknown prefix foaff:; declare it: PREFIX foaff: <"),
        ("SELECT * {\n ?x a 'foaff:x' ; :p ?y }", "line 2, column 19: unknown prefix :"),
    ],
)
def test_the_place_is_where_a_person_would_point(store: GraphStore, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        ask(store, query)


def test_of_a_long_line_what_is_around_the_place_is_shown(store: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        ask(store, "SELECT ?x { ?x a ?y } #" + "x" * 300 + "\n" + " " * 500 + "oops" + " " * 500)
    line, caret = str(caught.value).splitlines()[-2:]
    assert len(line) <= 112
    assert line[caret.index("^") :].startswith("oops")


def test_long_lists_of_what_was_expected_are_cut(store: GraphStore) -> None:
    with pytest.raises(QueryError, match=r'expected "\$", .*, \.\.\.') as caught:
        ask(store, "SELECT ?x { ?x a")
    assert str(caught.value).splitlines()[0].count('", "') <= 8
