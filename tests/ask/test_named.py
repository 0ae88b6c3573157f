"""Ready-made queries: whose come first, what is wrong with a file, and what parameters become."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.ask.named import NamedQuery, choose_query, fill_parameters, read_queries
from papergraph.errors import ConfigError, QueryError, UnknownNameError
from papergraph.model import Entity, Graph
from papergraph.store import GraphStore, memory_store
from tests import graphs


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return memory_store(graphs.small_graph(), graphs.RUN)


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
    with pytest.raises(ConfigError, match="cannot read queries"):
        read_queries([tmp_path])
    write(tmp_path, "bad.rq", "# @param method\nSELECT ?x {}")
    with pytest.raises(ConfigError, match=r"bad.rq: parameter method needs a default: VALUES \?method"):
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
