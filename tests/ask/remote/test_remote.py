"""A graph on a server answers as the store that was published there does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.ask.limits import own_limits
from papergraph.ask.named import read_queries
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.query import ask
from papergraph.ask.remote import Endpoint, RemoteGraph, publish
from papergraph.errors import EndpointError, LimitError, QueryError, UnknownNameError
from papergraph.insight.lineage import trace_lineage
from papergraph.insight.show import read_profile
from papergraph.store import GraphStore, open_store
from tests.ask.remote.servers import oxigraph, oxigraph_binary, virtuoso
from tests.conftest import Run

#: Virtuoso's property paths fail: it cannot compile the one, and does not heed the VALUES of the other.
_BEYOND_VIRTUOSO = {"conflicts", "where-from"}


@pytest.fixture(scope="module")
def store(demo_store: Path) -> GraphStore:
    return open_store(demo_store)


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def published(
    request: pytest.FixtureRequest, store: GraphStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Endpoint]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "oxigraph":
        if not oxigraph_binary():
            pytest.skip("needs the package `oxigraph`, which `make` installs")
        server = oxigraph
    else:
        if not shutil.which("virtuoso-t"):
            pytest.skip("needs Debian's virtuoso-opensource, which .ci/run installs")
        server = virtuoso
    with server(folder) as endpoint:
        publish(store, endpoint)
        yield endpoint


@pytest.mark.slow
class TestRealServers:
    def test_names_are_found_however_they_are_spelt(self, published: Endpoint, store: GraphStore) -> None:
        graph = RemoteGraph(published)
        for name in ("H2O", "h2o", "Heavy-Hitter Oracle", "lora+", "arXiv:2306.14048", "method:h2o"):
            assert graph.find(name) == store.find(name), name

    def test_an_unknown_name_gets_suggestions(self, published: Endpoint) -> None:
        with pytest.raises(UnknownNameError, match="Keyformer"):
            RemoteGraph(published).find("Keyformr")

    @pytest.mark.parametrize("direction", ["upstream", "downstream"])
    def test_lineage_is_the_same(self, published: Endpoint, store: GraphStore, direction: pg.lineage.Direction) -> None:
        graph = RemoteGraph(published)
        for name in ("H2O", "LoRA"):
            (iri, *_) = (c.iri for c in store.find(name))
            remote = trace_lineage(graph, iri, direction=direction)
            assert remote == trace_lineage(store, iri, direction=direction)

    def test_profiles_are_the_same(self, published: Endpoint, store: GraphStore) -> None:
        graph = RemoteGraph(published)
        for name in ("Jamba", "H2O", "Meta AI"):
            (iri, *_) = (c.iri for c in store.find(name))
            assert read_profile(graph, iri) == read_profile(store, iri)

    def test_ready_made_queries_answer_the_same(
        self, published: Endpoint, store: GraphStore, request: pytest.FixtureRequest
    ) -> None:
        graph = RemoteGraph(published)
        for query in read_queries():
            if "virtuoso" in request.node.name and query.name in _BEYOND_VIRTUOSO:
                continue
            sparql = fill_parameters(graph, query, {})
            rows = [sorted(_plain(a)) for a in (graph.ask(sparql).rows, ask(store, sparql).rows)]
            assert rows[0] == rows[1], query.name

    def test_the_page_has_the_same_entities_and_relations(self, published: Endpoint, store: GraphStore) -> None:
        remote, local = RemoteGraph(published).read_graph(), store.read_graph()
        assert remote.relations == local.relations
        assert remote.notes == local.notes
        for there, here in zip(remote.entities, local.entities, strict=True):
            assert (there.iri, there.label, there.aliases) == (here.iri, here.label, here.aliases)
            assert {p.note for p in there.places} == {p.note for p in here.places}

    def test_triples_and_truths_come_back_as_such(self, published: Endpoint) -> None:
        graph = RemoteGraph(published)
        triples = graph.ask("CONSTRUCT { ?a pg:improvesOn ?b } { ?a pg:improvesOn ?b } LIMIT 3")
        assert (triples.kind, len(triples.rows)) == ("construct", 3)
        assert graph.ask("ASK { ?a pg:improvesOn method:h2o }").truth
        assert not graph.ask("ASK { ?a pg:improvesOn method:no-such-thing }").truth

    def test_the_same_graph_is_not_sent_again(self, published: Endpoint, store: GraphStore) -> None:
        assert publish(store, published).batches == 0

    def test_commands_answer_from_the_server(self, published: Endpoint, run: Run, tmp_path: Path) -> None:
        where = ("--endpoint", published.url)
        assert "Keyformer" in run("lineage", "H2O", *where).out
        assert "Jamba" in run("show", "Jamba", *where).out
        assert "what-builds-on" not in run("query", "what-builds-on", *where).err
        assert run("query", "ASK { ?s ?p ?o }", *where).out == "yes\n"
        assert run("view", *where, "-o", tmp_path / "page.html").code == 0
        assert "Keyformer" in (tmp_path / "page.html").read_text(encoding="utf-8")


def _plain(rows: tuple[tuple[object, ...], ...]) -> list[tuple[str, ...]]:
    """Return what rows say; an empty list of names is unbound on some servers, and empty text on others."""
    return [tuple(str(getattr(term, "value", None) or "") for term in row) for row in rows]


@pytest.mark.slow
def test_the_own_server_can_be_asked_by_its_address(demo_store: Path, store: GraphStore, run: Run) -> None:
    pytest.importorskip("starlette", reason="needs the extra `serve`")
    from papergraph.serve import Settings
    from tests.serve.running import running

    with running(Settings(demo_store, workers=1)) as server:
        graph = pg.open_graph(endpoint=f"{server.origin}/sparql")
        assert str(graph.lineage("H2O")) == str(pg.open_graph(demo_store).lineage("H2O"))
        assert str(graph.show("Jamba")) == str(pg.open_graph(demo_store).show("Jamba"))
        assert str(graph.query("SELECT ?m { ?m pg:improvesOn method:h2o } ORDER BY ?m")) == str(
            ask(store, "SELECT ?m { ?m pg:improvesOn method:h2o } ORDER BY ?m")
        )
        assert graph.to_graph().relations == store.read_graph().relations
        assert server.origin in repr(graph)
        with pytest.raises(pg.errors.StoreError, match="is on a server"):
            graph.to_rdflib()
        with pytest.raises(EndpointError, match="SPARQL"):
            graph.query("SELECT ?m { ?m pg:improvesOn }")
        with pytest.raises(QueryError, match="network"):
            graph.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
        with pytest.raises(LimitError):
            RemoteGraph(Endpoint(f"{server.origin}/sparql")).ask("SELECT * { ?s ?p ?o }", limits=own_limits(rows=5))
        # What is read-only says so, and names what was asked.
        refused = run("publish", "--endpoint", f"{server.origin}/sparql", "--store", demo_store)
        assert refused.code == 2
        assert "the server answered 4" in refused.err


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(
        EndpointError, match=r"http://127\.0\.0\.1:1/sparql: no answer: .*check that the server is running"
    ):
        RemoteGraph(Endpoint("http://127.0.0.1:1/sparql", seconds=2))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "localhost:7878/query", "ftp://example.org/"])
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(EndpointError, match="expected an address such as"):
        Endpoint(url)


def test_the_password_is_not_shown() -> None:
    assert "secret" not in repr(Endpoint("http://localhost/sparql", user="dba", password="secret"))  # noqa: S106


def test_publish_asks_where_to(run: Run, demo_store: Path) -> None:
    outcome = run("publish", "--store", demo_store)
    assert outcome.code == 2
    assert "use --endpoint URL" in outcome.err
