from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.ask.nesting import Shape, shape_of

#: Queries, and how many patterns the engine makes of them.
PATTERNS = {
    "SELECT * {}": 0,
    "SELECT * { ?a ?b ?c }": 1,
    "SELECT * { ?a ?b ?c . ?d ?e ?f }": 2,
    "SELECT*{?a?b?c.?d?e?f}": 2,
    "SELECT * { ?a ?b ?c FILTER(?c) ?d ?e ?f OPTIONAL { ?g ?h ?i } }": 3,
    "SELECT * { ?a ?b ?c, ?d, ?e ; ?f ?g }": 4,
    "SELECT * { ?a a true. true a 'x'@en }": 2,
    "SELECT * { ?a ?b (1 2 3) }": 7,
    "SELECT * { ?a ?b (1#,;.\n2\r3) }": 7,
    "SELECT * { (1 2) ?b ?c }": 5,
    "SELECT * { ?a ?b [ ?c ?d ; ?e ?f ] }": 3,
    "SELECT * { ?a a/a/a ?b }": 3,
    "SELECT * { VALUES ?v { 1 2 3 4 5 6 7 8 9 } ?a ?b ?c }": 3,
    "SELECT * { VALUES (?v ?w) { (1 2) (3 4) } }": 1,
    "SELECT * {} VALUES ?v { 1 2 3 }": 0,
    "SELECT (1 + 2 AS ?x) {}": 0,
    "SELECT * { { SELECT (1 AS ?x) (2 AS ?y) { ?a ?b ?c } GROUP BY (?a) (?b) } }": 1,
    "SELECT * { ?a ?b ?c FILTER(?c IN (1, 2, 3) && REGEX(?d, 'x')) }": 1,
    "SELECT * { ?a ?b ?c FILTER((?c<3)&&?d>4) ?e ?f ?g }": 2,
    "SELECT * { ?a ?b ?c BIND(IF(?c<3, 1, 2) AS ?d) }": 1,
    "SELECT * { ?a <urn:x:(1)> ?c }": 1,
    "SELECT * { ?a select:x (1 2) }": 5,
    "SELECT * { ?a ?b 'SELECT ( [ {' }": 1,
}


@pytest.mark.parametrize("query", PATTERNS)
def test_patterns_are_counted_whatever_separates_them(query: str) -> None:
    assert shape_of(query).patterns == PATTERNS[query]


def test_brackets_and_operators_are_those_that_the_parser_sees() -> None:
    shape = shape_of('SELECT * { ?a ?b "([{" . ?a <urn:(> ?c FILTER(?a = 1 || !?b) } # ((( +++')
    assert shape == Shape(depth=2, brackets=2, operators=5, patterns=2, names=0)
    assert shape_of("PREFIX a: <urn:a> SELECT * FROM <urn:g> {} VALUES ?v { <urn:b> }").names == 3


def test_an_operator_behind_a_value_compares_and_elsewhere_an_iri_begins() -> None:
    assert shape_of("SELECT * { FILTER(?a<1+1+1+1>2) }").operators == 6
    assert shape_of("SELECT * { FILTER(?a IN(<1+1+1+1>)) }").operators == 1


@given(st.text(st.sampled_from("<>#'\"\\ \n(){}[]?$:;,.|~@_^/*ab1eVALUESselect"), max_size=80))
def test_any_text_has_a_shape(text: str) -> None:
    assert shape_of(text).depth <= len(text)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["a1", "a.", "<", "'", '"""', "(<a", "a:b.", "\\", "((", "[]", "1e", "<<(", "?", "{|"])
def test_reading_takes_time_by_the_length_only(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begun = time.process_time()
        shape_of(text)
        return time.process_time() - begun

    assert min(seconds(64_000) for _ in range(3)) < 30 * max(seconds(8_000), 0.005)
