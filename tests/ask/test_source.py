"""The same questions to a graph in memory, in a folder and on a server: they get the same answers."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from papergraph.ask.limits import OWN_LIMITS
from papergraph.ask.local import StoredGraph
from papergraph.ask.memory import MemoryGraph
from papergraph.ask.named import find_query, read_queries
from papergraph.ask.opening import open_source
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.remote import RemoteGraph, publish
from papergraph.ask.source import Source
from papergraph.config import Config
from papergraph.errors import EndpointError, LimitError, PapergraphError, QueryError, StoreError, UnknownNameError
from papergraph.export import export_graph
from papergraph.insight.lineage import trace_lineage
from papergraph.insight.show import read_profile
from papergraph.store import memory_store, write_generation
from papergraph.store.ruled import leave_out_model
from tests import graphs
from tests.ask.remote.own_server import own_server
from tests.conftest import ROOT, Run
from tests.store.test_ruled import whole

KINDS = ("memory", "folder", "server")
ROWS = "SELECT ?m ?l { ?m pg:improvesOn method:h2o ; rdfs:label ?l } ORDER BY ?l"


@pytest.fixture(scope="module")
def memory() -> Source:
    return MemoryGraph(memory_store(graphs.small_graph(), graphs.RUN))


@pytest.fixture(scope="module", params=KINDS)
def source(
    request: pytest.FixtureRequest, memory: Source, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Source]:
    with contextlib.ExitStack() as until_then:
        if request.param == "folder":
            folder = tmp_path_factory.mktemp("source") / "store"
            write_generation(folder, graphs.small_graph(), graphs.RUN)
            yield open_source(Config(store=str(folder)))
        elif request.param == "server":
            server = until_then.enter_context(own_server())
            publish(memory, server.endpoint)
            yield open_source(Config(), endpoint=server.endpoint)
        else:
            yield memory


@pytest.mark.parametrize("name", ["H2O", "h2o", "重击者", "arXiv:2306.14048", "2306.14048", "method:h2o", graphs.H2O])
def test_names_mean_the_same(source: Source, memory: Source, name: str) -> None:
    assert source.find(name) == memory.find(name)


def test_unknown_names_get_the_same_suggestions(source: Source, memory: Source) -> None:
    assert source.suggest("Keyfomer") == memory.suggest("Keyfomer") == ("Keyformer",)
    for name in ("Keyfomer", "method:no such thing", "method:no-such-thing", "note:caches.md"):
        with pytest.raises(UnknownNameError, match="no entity named"):
            source.find(name)


def test_what_the_graph_knows_is_the_same(source: Source, memory: Source) -> None:
    assert source.base == memory.base
    assert source.knows(graphs.H2O)
    assert not source.knows(graphs.H2O + "-no")


def test_queries_have_the_same_answers(source: Source, memory: Source) -> None:
    assert source.ask(ROWS) == memory.ask(ROWS)
    assert source.ask("ASK { ?m pg:improvesOn method:h2o }").truth
    assert sorted(row["m"] for row in source.select(ROWS)) == [graphs.KEYFORMER]


def test_ready_made_queries_have_the_same_answers(source: Source, memory: Source) -> None:
    for query in read_queries():
        asked = {name: "H2O" for name, default in query.parameters if default.startswith("method:")}
        with contextlib.suppress(QueryError):  # the small graph lacks what other parameters stand for
            assert fill_parameters(source, query, asked) == fill_parameters(memory, query, asked), query.name


def test_answers_are_written_the_same(source: Source, memory: Source) -> None:
    query = find_query("what-builds-on", read_queries())
    texts = [
        one.answer(query, {"method": "H2O"}, form, limits=one.limits(rows=0))
        for form in ("table", "json", "csv", "tsv")
        for one in (source, memory)
    ]
    assert texts[::2] == texts[1::2]
    assert "Keyformer" in texts[0]


def test_too_many_rows_are_refused(source: Source) -> None:
    with pytest.raises(LimitError, match="rows"):
        source.ask("SELECT * { ?s ?p ?o }", limits=source.limits(rows=3))


def test_what_is_no_query_or_asks_the_network_is_refused(source: Source) -> None:
    with pytest.raises(PapergraphError):
        source.ask("SELECT oops")
    with pytest.raises(QueryError, match="network"):
        source.ask("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_lineage_and_profile_are_the_same(source: Source, memory: Source) -> None:
    assert trace_lineage(source, graphs.H2O) == trace_lineage(memory, graphs.H2O)
    assert read_profile(source, graphs.H2O) == read_profile(memory, graphs.H2O)


def test_the_whole_graph_is_the_same(source: Source, memory: Source) -> None:
    assert source.read_graph().relations == memory.read_graph().relations
    assert [e.iri for e in source.read_graph().entities] == [e.iri for e in memory.read_graph().entities]
    assert export_graph(source, "bibtex") == export_graph(memory, "bibtex")


def test_what_a_graph_has_only_on_this_machine_is_the_same_or_refused(source: Source, memory: Source) -> None:
    if repr(source).startswith("at http"):
        assert source.folder is None
        for ask_for_all in (source.quads, lambda: source.digest, lambda: export_graph(source, "nquads")):
            with pytest.raises(StoreError, match="is on a server"):
                ask_for_all()
    else:
        assert source.digest == memory.digest
        assert export_graph(source, "nquads") == export_graph(memory, "nquads")


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_model_every_kind_answers_the_same(kind: str, memory: Source, tmp_path: Path) -> None:
    graph = whole()
    there = MemoryGraph(memory_store(graph, graphs.RUN))
    expected = MemoryGraph(memory_store(leave_out_model(graph), graphs.RUN))
    with contextlib.ExitStack() as until_then:
        source: Source = there
        if kind == "folder":
            write_generation(tmp_path, graph, graphs.RUN)
            source = open_source(Config(store=str(tmp_path)), at_once=False)
        elif kind == "server":
            server = until_then.enter_context(own_server())
            publish(there, server.endpoint)
            source = open_source(Config(), endpoint=server.endpoint)
        ruled = source.without_model()
        assert ruled.ask(ROWS).rows == expected.ask(ROWS).rows != source.ask(ROWS).rows
        limits = ruled.limits()
        assert ruled.ask(ROWS, limits=limits).rows == expected.ask(ROWS).rows
        query = find_query("model-only", read_queries([]))
        assert ruled.answer(query, {}, "csv", limits=limits).count("\n") == 1
        assert source.answer(query, {}, "csv", limits=source.limits()).count("\n") == 2
        assert trace_lineage(ruled, graphs.H2O) == trace_lineage(expected, graphs.H2O)
        assert ruled.read_graph().relations == expected.read_graph().relations
        assert ruled.find("H2O") == source.find("H2O")


def test_each_kind_says_which_limits_it_can_keep(memory: Source, tmp_path: Path) -> None:
    write_generation(tmp_path, graphs.small_graph(), graphs.RUN)
    stored = StoredGraph(tmp_path)
    assert stored.limits(seconds=3, megabytes=100, rows=7).rows == 7
    assert stored.limits() == OWN_LIMITS
    assert memory.limits(seconds=0, rows=7).rows == 7
    for wish in ({"seconds": 3.0}, {"megabytes": 100}):
        with pytest.raises(StoreError, match="limits need a graph in a store"):
            memory.limits(**wish)
    with own_server() as server:
        publish(memory, server.endpoint)
        remote = RemoteGraph(server.endpoint)
        assert remote.limits(seconds=3).seconds == 3
        assert remote.limits().seconds == server.endpoint.seconds
        with pytest.raises(StoreError, match="set by the server"):
            remote.limits(megabytes=100)


def test_each_kind_says_what_it_is(source: Source) -> None:
    assert repr(source) in {"15 entities, 17 relations, 2 notes"} or repr(source).startswith("at http://127.0.0.1:")


def test_a_store_is_opened_at_once_or_with_the_first_question(tmp_path: Path) -> None:
    config = Config(store=str(tmp_path / "none"))
    with pytest.raises(StoreError, match="papergraph build"):
        open_source(config)
    waiting = open_source(config, at_once=False)
    with pytest.raises(StoreError, match="papergraph build"):
        waiting.find("H2O")


def test_settings_say_which_graph_is_looked_for_on_a_server(memory: Source) -> None:
    with own_server() as server:
        publish(memory, server.endpoint)
        other = open_source(Config(), endpoint=server.endpoint)
        assert other.base == Config().base
        with pytest.raises(EndpointError, match="contains no papergraph graph"):
            open_source(Config(base="https://example.org/kg/"), endpoint=server.endpoint)


def test_nothing_above_asks_which_kind_of_source_it_has_or_opens_one_by_itself() -> None:
    below = {"ask", "store", "pipeline"}
    for path in sorted((ROOT / "src" / "papergraph").rglob("*.py")):
        if path.relative_to(ROOT / "src" / "papergraph").parts[0] not in below:
            text = path.read_text(encoding="utf-8")
            kinds = r"(?:GraphStore|MemoryGraph|StoredGraph|RemoteGraph|Endpoint)"
            asked = re.findall(rf"isinstance\([^)]*{kinds}\b|\bopen_store\(|\bRemoteGraph\(", text)
            assert not asked, (path, asked)


def test_commands_ask_a_server_as_they_ask_a_store(run: Run, memory: Source, tmp_path: Path) -> None:
    store = tmp_path / "store"
    write_generation(store, graphs.small_graph(), graphs.RUN)
    with own_server() as server:
        publish(memory, server.endpoint)
        there, here = ("--endpoint", server.url), ("--store", store)
        for command in (
            ("query", "what-builds-on", "--param", "method=h2o", "--format", "csv"),
            ("lineage", "Keyformer", "--upstream"),
            ("show", "H2O"),
            ("compare", "H2O", "Keyformer", "--format", "markdown"),
            ("timeline", "H2O", "--json"),
            ("conflicts", "--json"),
            ("gaps", "--json"),
        ):
            assert run(*command, *there).out == run(*command, *here).out, command
        for place, name in ((there, "there"), (here, "here")):
            assert run("export", "--format", "bibtex", "-o", tmp_path / name, *place).code == 0
        assert (tmp_path / "there").read_bytes() == (tmp_path / "here").read_bytes()
        assert "is on a server" in run("export", "--format", "turtle", "-o", tmp_path / "no", *there).err
        refused = run("query", "ASK {}", "--memory", "100", *there)
        assert (refused.code, "set by the server" in refused.err) == (1, True)
