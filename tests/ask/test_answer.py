from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from papergraph.ask.answer import Answer, render_answer
from papergraph.ask.query import ask
from papergraph.errors import QueryError, UnknownNameError
from papergraph.ontology.terms import BASE
from papergraph.store import GraphStore, memory_store
from tests import graphs

XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = Answer(
    "select",
    ("a", "b"),
    (
        (ox.NamedNode("urn:x"), ox.Literal("改进\t了\n", language="zh")),
        (None, ox.Literal("0.5", datatype=ox.NamedNode(XSD + "decimal"))),
        (ox.BlankNode("n"), ox.Literal('=1+1 "quoted", \x1b[31m')),
        (ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o")), None),
    ),
    base=BASE,
)


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return memory_store(graphs.small_graph(), graphs.RUN)


def test_json_is_that_of_sparql() -> None:
    record = json.loads(render_answer(TERMS, "json"))
    assert record["head"] == {"vars": ["a", "b"]}
    assert record["results"]["bindings"][:2] == [
        {"a": {"type": "uri", "value": "urn:x"}, "b": {"type": "literal", "value": "改进\t了\n", "xml:lang": "zh"}},
        {"b": {"type": "literal", "value": "0.5", "datatype": XSD + "decimal"}},
    ]
    assert record["results"]["bindings"][3]["a"]["value"]["object"] == {"type": "literal", "value": "o"}


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_what_is_written_is_what_another_reader_reads(form: str) -> None:
    formats = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "tsv": ox.QueryResultsFormat.TSV,
    }
    read = ox.parse_query_results(render_answer(TERMS, form).encode(), format=formats[form])
    assert isinstance(read, ox.QuerySolutions)
    rows = [tuple(solution) for solution in read]
    assert rows[:2] == list(TERMS.rows[:2])
    assert rows[3] == TERMS.rows[3]


def test_csv_holds_plain_values_exactly_as_the_protocol_says() -> None:
    rows = list(csv.reader(io.StringIO(render_answer(TERMS, "csv"), newline="")))
    assert rows[0] == ["a", "b"]
    assert rows[1] == ["urn:x", "改进\t了\n"]
    assert rows[2] == ["", "0.5"]
    assert rows[3][1].startswith("=1+1")


def test_xml_replaces_what_xml_cannot_hold() -> None:
    root = ET.fromstring(render_answer(TERMS, "xml"))  # noqa: S314  our own text
    assert "\ufffd[31m" in "".join(root.itertext())


def test_a_table_is_aligned_by_columns_with_short_iris_and_visible_controls(store: GraphStore) -> None:
    text = render_answer(ask(store, "SELECT ?x ?l { ?x a pg:Paper ; rdfs:label ?l } ORDER BY ?l"), "table")
    lines = text.splitlines()
    assert lines[0].startswith("x" + " " * 20)
    assert lines[1].startswith("-----")
    assert any("paper:arxiv-2306.14048" in line and "An oracle of heavy hitters" in line for line in lines)
    assert lines[-1] == "(3 rows)"
    assert "\\x1b[31m" in render_answer(TERMS, "table")
    assert "\x1b" not in render_answer(TERMS, "table")


def test_columns_of_a_table_are_cut_only_where_it_would_not_fit() -> None:
    long = Answer("select", ("a", "b"), ((ox.Literal("x" * 90), ox.Literal("y")),))
    assert "…" in render_answer(long, "table", width=60)
    assert "…" not in render_answer(long, "table", width=100)
    assert "…" not in str(long)


def test_one_row_is_one_row() -> None:
    assert str(Answer("select", ("a",), ((ox.Literal("x"),),))).endswith("(1 row)\n")


def test_iris_that_would_need_escapes_are_shown_whole() -> None:
    iris = (BASE + "note/a%20b.md", BASE + "note/x/y.md", BASE + "note/plain.md", BASE + "method/", "urn:other")
    shown = str(Answer("select", ("i",), tuple((ox.NamedNode(i),) for i in iris), base=BASE))
    assert "note:plain.md" in shown
    for iri in (*iris[:2], *iris[3:]):
        assert f"\n{iri}\n" in shown


@pytest.mark.parametrize(
    ("form", "expected"),
    [("table", "yes\n"), ("csv", "true\n"), ("tsv", "true\n"), ("json", '{"head": {}, "boolean": true}\n')],
)
def test_a_truth_value_in_every_format(form: str, expected: str) -> None:
    assert render_answer(Answer("ask", truth=True), form) == expected


def test_a_truth_value_in_xml_and_as_a_refusal() -> None:
    assert "<boolean>false</boolean>" in render_answer(Answer("ask"), "xml")
    assert render_answer(Answer("ask"), "table") == "no\n"
    with pytest.raises(QueryError, match="use CONSTRUCT"):
        render_answer(Answer("ask"), "turtle")


def test_triples_are_rdf_in_turtle_json_and_xml_and_a_table_elsewhere(store: GraphStore) -> None:
    answer = ask(store, "CONSTRUCT { ?a pg:improvesOn ?b } { ?a pg:improvesOn ?b }")
    triple = ox.Triple(*answer.rows[0])
    for form, kind in (
        ("turtle", ox.RdfFormat.TURTLE),
        ("json", ox.RdfFormat.JSON_LD),
        ("xml", ox.RdfFormat.RDF_XML),
    ):
        assert [q.triple for q in ox.parse(render_answer(answer, form).encode(), format=kind)] == [triple]
    assert "method:keyformer pg:improvesOn method:h2o" in render_answer(answer, "turtle")
    assert render_answer(answer, "csv").startswith("subject,predicate,object\r\n")
    assert "pg:improvesOn" in render_answer(answer, "table")


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="no query format named 'yaml'"):
        render_answer(TERMS, "yaml")
