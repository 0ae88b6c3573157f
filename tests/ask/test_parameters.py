"""The parameters of a query: what names become, and what a query asks for that nobody named."""

from __future__ import annotations

import pytest

from papergraph.ask.named import NamedQuery
from papergraph.ask.parameters import fill_parameters
from papergraph.errors import QueryError, UnknownNameError
from papergraph.model import Entity, Graph
from papergraph.store import GraphStore, memory_store
from tests import graphs


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return memory_store(graphs.small_graph(), graphs.RUN)


def named(default: str = "method:h2o") -> NamedQuery:
    return NamedQuery("q", f"SELECT ?x {{ VALUES ?x {{ {default} }} }}", "", "", (("x", default),))


def test_parameters_become_the_iris_of_known_entities_and_never_text(store: GraphStore) -> None:
    assert f"VALUES ?x {{ <{graphs.KEYFORMER}> }}" in fill_parameters(store, named(), {"x": "keyformer"})
    for wrong in ("} SERVICE <http://x/> {", "method:keyforme", "<urn:x>"):
        with pytest.raises(UnknownNameError):
            fill_parameters(store, named(), {"x": wrong})
    with pytest.raises(UnknownNameError, match="no parameter named 'y'; choose one of: x"):
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


def test_a_number_stands_where_the_default_is_one_or_may_be_left_out(store: GraphStore) -> None:
    assert "VALUES ?x { 8 }" in fill_parameters(store, named("24"), {"x": "08"})
    assert "VALUES ?x { 2024 }" in fill_parameters(store, named("UNDEF"), {"x": "2024"})
    assert fill_parameters(store, named("UNDEF"), {}) == named("UNDEF").text
    with pytest.raises(QueryError, match="q: x must be a whole number, such as 24; got 'much'"):
        fill_parameters(store, named("24"), {"x": "much"})


def test_a_parameter_may_stand_for_several_entities(store: GraphStore) -> None:
    both = f"VALUES ?x {{ <{graphs.KEYFORMER}> <{graphs.H2O}> }}"
    assert both in fill_parameters(store, named(), {"x": "Keyformer|H2O"})
    with pytest.raises(UnknownNameError, match="FooNet"):
        fill_parameters(store, named(), {"x": "Keyformer|FooNet"})
