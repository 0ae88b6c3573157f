"""How a question in words is read: the query, the names, the SPARQL."""

from __future__ import annotations

import pytest

from papergraph.ask.named import read_queries
from papergraph.errors import QuestionError, UnknownNameError
from papergraph.insight.ask import command_of, read_question
from papergraph.store import memory_store
from tests import graphs

STORE = memory_store(graphs.small_graph(), graphs.RUN)
QUERIES = read_queries()


def test_a_question_becomes_sparql_with_the_entities_that_it_names() -> None:
    asked = read_question(STORE, "what builds on  keyfromer?", QUERIES)
    assert asked.query.name == "what-builds-on"
    (name,) = asked.names
    assert (name.surface, name.label, name.type, name.corrected) == ("keyfromer", "Keyformer", "Method", True)
    assert f"VALUES ?method {{ <{graphs.KEYFORMER}> }}" in asked.sparql
    assert asked.certain() is asked


def test_the_command_asks_the_same() -> None:
    asked = read_question(STORE, "compare Squeezed Attention, H2O and SnapKV", QUERIES)
    assert command_of(asked) == "papergraph query compare --param one='Squeezed Attention' --param other='H2O|SnapKV'"


def test_a_question_that_may_mean_several_queries_is_asked_back() -> None:
    asked = read_question(STORE, "what changed between H2O and Keyformer", QUERIES)
    with pytest.raises(QuestionError, match=r"it may mean several queries: .*compare.*--as QUERY"):
        asked.certain()
    assert read_question(STORE, asked.question, QUERIES, prefer="compare").certain().query.name == "compare"


def test_the_query_that_is_meant_must_exist() -> None:
    with pytest.raises(UnknownNameError, match="no query named 'comparison'"):
        read_question(STORE, "H2O and Keyformer", QUERIES, prefer="comparison")
