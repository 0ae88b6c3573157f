from __future__ import annotations

import re
from pathlib import Path

import pytest

from papergraph.ask.answer import STREAMED, render_answer
from papergraph.ask.named import NamedQuery, choose_query, fill_parameters, read_queries
from papergraph.ask.query import ask, ask_for_text
from papergraph.errors import ConfigError, LimitError, QueryError, UnknownNameError
from papergraph.model import Entity, Graph
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


def test_a_syntax_error_shows_line_column_and_place(store: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        ask(store, 'SELECT ?x {\n  ?x rdfs:label "注意力" oops }\n')
    first, line, caret = str(caught.value).splitlines()
    assert first == "no valid SPARQL at line 2, column 23: did not expect 'oops'"
    assert line == '  line 2:   ?x rdfs:label "注意力" oops }'
    assert caret.index("^") == len("  line 2: ") + 22 + 3, "three characters before it take two columns"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "line 1, column 1: the query ends too early"),
        ("SELECT ?x { ?x a ?y . FILTR(?x) }", "line 1, column 23: did not expect 'FILTR"),
        ("SELECT x { ?x a ?y }", "line 1, column 8: did not expect 'x'"),
        ("INSERT DATA {}", "line 1, column 1: did not expect 'INSERT'"),
        ("SELECT ?x WHERE ?x a ?y }", 'line 1, column 17: expected "{"'),
        ("SELECT ?x {\r\n?x a ?y\r\n} }", "line 3, column 3: did not expect '}'"),
        ("SELECT ?y (COUNT(?x) AS ?n) { ?x a ?y }", "The SELECT contains a variable that is unbound"),
        ("SELECT * { ?x foaff:name ?y }", "line 1, column 15: no prefix foaff: is known; declare it: PREFIX foaff: <"),
        ("SELECT * {\n ?x a 'foaff:x' ; :p ?y }", "line 2, column 19: no prefix : is known"),
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


@pytest.mark.parametrize("query", ["", "   ", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DROP ALL", "what is this"])
def test_what_is_no_query_is_refused_and_changes_nothing(store: GraphStore, query: str) -> None:
    with pytest.raises(QueryError):
        ask(store, query)
    assert store.digest == store.seal.digest


def test_dangerous_text_does_not_reach_the_engine(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="never asks the network"):
        ask(store, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")


@pytest.mark.parametrize("head", ["SELECT *", "CONSTRUCT { ?a ?b ?f }"])
def test_an_answer_that_would_fill_the_memory_is_refused(store: GraphStore, head: str) -> None:
    with pytest.raises(LimitError, match="more than 1,000 rows: join its patterns, or give it a LIMIT"):
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


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_queries_of_the_user_come_before_ours_of_the_same_name(tmp_path: Path) -> None:
    write(tmp_path, "what-builds-on.rq", "# Mine?\n# 我的？\nSELECT * {}")
    write(tmp_path, "own.rq", "SELECT ?x {}")
    write(tmp_path, "notes.txt", "no query")
    queries = read_queries([tmp_path])
    assert choose_query("what-builds-on", queries).question == "Mine?"
    assert choose_query("what-builds-on", queries).question_zh == "我的？"
    assert choose_query("own", queries).question == ""
    assert [q.name for q in queries] == sorted(q.name for q in queries)
    assert len(queries) == len(read_queries()) + 1


def test_a_query_file_that_cannot_be_used_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigError, match="queries cannot be read"):
        read_queries([tmp_path])
    write(tmp_path, "bad.rq", "# @param method\nSELECT ?x {}")
    with pytest.raises(ConfigError, match=r"bad.rq: parameter method needs its default as VALUES \?method"):
        read_queries([tmp_path])


def test_an_unknown_query_gets_suggestions() -> None:
    with pytest.raises(UnknownNameError, match="did you mean what-builds-on"):
        choose_query("what-build-on", read_queries())


def named(default: str = "method:h2o") -> NamedQuery:
    return NamedQuery("q", f"SELECT ?x {{ VALUES ?x {{ {default} }} }}", "", "", (("x", default),))


def test_parameters_become_the_iris_of_known_entities_and_never_text(store: GraphStore) -> None:
    assert f"VALUES ?x {{ <{graphs.KEYFORMER}> }}" in fill_parameters(store, named(), {"x": "keyformer"})
    for wrong in ("} SERVICE <http://x/> {", "method:keyforme", "<urn:x>"):
        with pytest.raises(UnknownNameError):
            fill_parameters(store, named(), {"x": wrong})
    with pytest.raises(UnknownNameError, match="no parameter named 'y'; did you mean x"):
        fill_parameters(store, named(), {"y": "H2O"})


def test_of_several_entities_with_a_name_the_kind_of_the_default_is_taken() -> None:
    entities = (Entity(graphs.H2O, "Method", "H2O"), Entity(graphs.CACHES, "Topic", "H2O"))
    store = memory_store(Graph(entities), graphs.RUN)
    assert graphs.CACHES in fill_parameters(store, named("topic:h2o"), {"x": "H2O"})
    assert graphs.H2O in fill_parameters(store, named("method:other"), {"x": "H2O"})


def test_a_default_that_the_graph_does_not_hold_asks_for_a_parameter(store: GraphStore) -> None:
    with pytest.raises(QueryError, match=r"q asks about method:lost .* with --param x=NAME"):
        fill_parameters(store, named("method:lost"), {})


@pytest.mark.parametrize("default", ["method:h2o", f"<{graphs.H2O}>", "method:lost method:h2o", '"text"', "42"])
def test_other_defaults_stand(store: GraphStore, default: str) -> None:
    assert fill_parameters(store, named(default), {}) == named(default).text
