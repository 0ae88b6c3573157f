"""A graph is published whole, by one publisher at a time, whatever fails."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from papergraph.ask.remote import Endpoint, RemoteGraph, claim, endpoint, publish
from papergraph.ask.remote import publish as publish_function
from papergraph.ask.remote.claim import Owner
from papergraph.errors import EndpointError
from papergraph.model import Graph
from papergraph.ontology.terms import BASE, PG
from papergraph.store import GraphStore, memory_store, open_store, write_generation
from tests import graphs
from tests.ask.remote.own_server import Failure, OwnServer, own_server
from tests.ask.remote.servers import oxigraph, oxigraph_binary, oxigraph_process
from tests.conftest import Run

TARGET = BASE + "graph"
BOOK = TARGET + "/publishing"


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return memory_store(graphs.small_graph(), graphs.RUN)


@pytest.fixture(scope="module")
def older() -> GraphStore:
    graph = graphs.small_graph()
    return memory_store(Graph(graph.entities[:4], (), graph.notes), graphs.RUN)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnServer]:
    monkeypatch.setattr(endpoint, "_PAUSES", ())
    monkeypatch.setattr(sys.modules[publish_function.__module__], "_BATCH", 150)
    with own_server() as running:
        yield running


def triples(store: GraphStore) -> set[str]:
    return {str(quad.triple) for quad in store.quads()}


def whole(server: OwnServer, store: GraphStore) -> bool:
    """Tell whether the server holds the graph and its seal, and nothing that somebody forgot."""
    found = server.graphs()
    return found.pop(TARGET) == triples(store) and len(found.pop(BOOK)) == 2 and not found


class Elsewhere:
    """Publishes as another machine would, in the middle of a publish of ours."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, pid: int = 4711) -> None:
        self._patch, self._pid = monkeypatch, pid

    def publish(self, store: GraphStore, endpoint: Endpoint, *, take_over: bool) -> None:
        with self._patch.context() as patch:
            patch.setattr(claim, "this_process", lambda: Owner("atlas", self._pid))
            publish(store, endpoint, take_over=take_over)


def test_the_graph_is_published_and_not_sent_again(server: OwnServer, store: GraphStore) -> None:
    done = publish(store, server.endpoint)
    assert (done.graph, done.triples) == (TARGET, len(triples(store)))
    assert done.batches == 3
    assert whole(server, store)
    assert publish(store, server.endpoint).batches == 0


def test_another_graph_takes_the_place_of_the_first(server: OwnServer, store: GraphStore, older: GraphStore) -> None:
    for published in (older, store, older):
        assert publish(published, server.endpoint).batches
        assert whole(server, published)


def test_an_empty_graph_can_be_published(server: OwnServer, older: GraphStore) -> None:
    publish(older, server.endpoint)
    publish(memory_store(Graph(), graphs.RUN), server.endpoint)
    assert TARGET not in server.graphs()


def test_a_graph_that_lost_triples_is_not_up_to_date(server: OwnServer, store: GraphStore) -> None:
    publish(store, server.endpoint)
    server.store.remove(next(server.store.quads_for_pattern(None, None, None, ox.NamedNode(TARGET))))
    assert publish(store, server.endpoint).batches
    assert whole(server, store)


def test_updates_are_bounded_in_bytes(server: OwnServer, store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[publish_function.__module__], "_BATCH_BYTES", 2_000)
    publish(store, server.endpoint)
    longest = max(len(line.encode()) for line in triples(store))
    sent = [request for request in server.requests if request.startswith("INSERT DATA")]
    assert max(len(request.encode()) for request in sent) < max(2_000, longest) + 500
    assert whole(server, store)


# What fails.


@pytest.mark.slow
@pytest.mark.parametrize("failure", ["deaf", "mute"])
def test_a_server_that_fails_at_any_request_heals_at_the_next_publish(
    server: OwnServer, store: GraphStore, older: GraphStore, failure: Failure
) -> None:
    publish(older, server.endpoint)
    server.requests.clear()
    publish(store, server.endpoint)
    needed = len(server.requests)
    assert needed > 10
    for number in range(1, needed + 1):
        server.store.clear()
        server.trouble = lambda _: None
        publish(older, server.endpoint)
        server.requests.clear()
        # From here on the server is dead.
        server.trouble = lambda n, number=number: failure if n == number else "deaf" if n > number else None  # type: ignore[misc]
        with pytest.raises(EndpointError, match="no answer"):
            publish(store, server.endpoint)
        assert server.graphs()[TARGET] in (triples(older), triples(store)), "readers never see half a graph"
        server.trouble = lambda _: None
        publish(store, server.endpoint)
        assert whole(server, store), f"request {number}"


@pytest.mark.slow
@pytest.mark.parametrize("failure", ["deaf", "mute"])
def test_an_update_that_fails_once_is_sent_again(
    server: OwnServer, store: GraphStore, older: GraphStore, failure: Failure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "_PAUSES", (0, 0))
    publish(older, server.endpoint)
    publish(store, server.endpoint)
    needed = len(server.requests) // 2
    for number in range(1, needed + 1):
        publish(older, server.endpoint)
        server.requests.clear()
        server.trouble = lambda n, number=number: failure if n == number else None  # type: ignore[misc]
        try:
            publish(store, server.endpoint)
        except EndpointError:
            assert server.requests[number - 1].startswith("SELECT"), "only queries are not repeated"
            publish(store, server.endpoint)
        assert whole(server, store), f"request {number}"


def test_a_server_that_swallows_triples_is_found_out(server: OwnServer, store: GraphStore, older: GraphStore) -> None:
    publish(older, server.endpoint)
    answer = server.answer

    def forgetful(form: dict[str, str]) -> bytes:
        body = answer(form)
        for quad in list(server.store):
            if "/next/" in quad.graph_name.value and quad.object.value == "H2O":
                server.store.remove(quad)
        return body

    server.answer = forgetful  # type: ignore[method-assign]
    with pytest.raises(EndpointError, match=r"contains \d+ triples, but \d+ were sent"):
        publish(store, server.endpoint)
    server.answer = answer  # type: ignore[method-assign]
    assert whole(server, older)


# Who publishes.


def claimed(server: OwnServer, host: str, pid: int, letters: str = "ab") -> None:
    """Write down a claim, with a few triples in its staging graph."""
    staging = f"{TARGET}/next/{letters * 16}"
    pg = PG
    server.store.update(
        f"INSERT DATA {{ GRAPH <{BOOK}> {{ <{TARGET}> <{pg}claim> <{staging}> ; <{pg}staging> <{staging}> . "
        f"<{staging}> <{pg}host> {ox.Literal(host)} ; <{pg}pid> {pid} }} GRAPH <{staging}> {{ <u:a> <u:b> <u:c> }} }}"
    )


def test_a_second_publisher_is_refused_with_the_name_of_the_first(server: OwnServer, tmp_path: Path, run: Run) -> None:
    write_generation(tmp_path / "store", graphs.small_graph(), graphs.RUN)
    command = ("publish", "--endpoint", server.url, "--store", tmp_path / "store")
    claimed(server, "atlas\x1b[31m", 4711)
    outcome = run(*command)
    assert outcome.code == 2
    assert r"another publish is running (atlas\x1b[31m, pid 4711)" in outcome.err
    assert "--take-over" in outcome.err
    assert TARGET not in server.graphs()
    assert run(*command, "--take-over").code == 0
    assert "up to date" in run(*command).out
    assert set(server.graphs()) == {TARGET, BOOK}


def test_a_publisher_of_this_machine_whose_process_is_gone_is_in_nobodys_way(
    server: OwnServer, store: GraphStore
) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    claimed(server, claim.this_process().host, gone.pid)
    publish(store, server.endpoint)
    assert whole(server, store)


def test_a_publisher_of_this_machine_whose_process_lives_is_not_disturbed(server: OwnServer, store: GraphStore) -> None:
    claimed(server, claim.this_process().host, os.getppid())
    with pytest.raises(EndpointError, match=f"pid {os.getppid()}"):
        publish(store, server.endpoint)


@pytest.mark.parametrize("pid", [0, -1, 10**17])
def test_no_process_is_looked_for_that_cannot_be(pid: int) -> None:
    assert not claim.is_gone(Owner(claim.this_process().host, pid))


def test_what_is_up_to_date_loses_what_dead_publishers_left(server: OwnServer, store: GraphStore) -> None:
    publish(store, server.endpoint)
    claimed(server, claim.this_process().host, os.getpid())
    assert publish(store, server.endpoint).batches == 0
    assert whole(server, store)


def test_who_finds_the_graph_up_to_date_leaves_those_alone_who_came_meanwhile(
    server: OwnServer, store: GraphStore
) -> None:
    publish(store, server.endpoint)
    server.requests.clear()

    def come_in(number: int) -> Failure:
        if number == 2:
            claimed(server, "atlas", 4711, "cd")
        return None

    server.trouble = come_in
    assert publish(store, server.endpoint).batches == 0
    assert f"{TARGET}/next/{'cd' * 16}" in server.graphs()
    assert claim.read_book(claim.Target(server.endpoint, TARGET)).claims


@pytest.mark.parametrize("take_over", [False, True])
def test_another_publisher_at_any_moment_is_refused_or_wins(
    server: OwnServer, store: GraphStore, older: GraphStore, take_over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other comes in whole between two requests of ours; the graph is always that of who won."""
    publish(older, server.endpoint)
    server.requests.clear()
    publish(store, server.endpoint)
    needed, refused, lost = len(server.requests), 0, 0
    for number in range(1, needed + 1):
        server.store.clear()
        server.trouble = lambda _: None
        server.requests.clear()
        others: list[EndpointError | None] = []

        def come_in(n: int, number: int = number, others: list[EndpointError | None] = others) -> Failure:
            if n == number:
                try:
                    Elsewhere(monkeypatch).publish(older, server.endpoint, take_over=take_over)
                    others.append(None)
                except EndpointError as error:
                    others.append(error)
            return None

        server.trouble = come_in
        try:
            publish(store, server.endpoint)
            ours = None
        except EndpointError as error:
            ours = error
        (theirs,) = others
        if theirs is not None:
            refused += 1
            assert f"another publish is running ({claim.this_process()})" in str(theirs)
            assert ours is None
        if ours is not None:
            lost += 1
            assert "another publish" in str(ours)
        assert ours is None or theirs is None
        assert whole(server, store if server.graphs()[TARGET] == triples(store) else older), f"request {number}"
        if ours is not None:
            assert whole(server, older)
    assert (refused == 0 and lost > 5) if take_over else (refused > 5)


def test_who_lost_the_claim_hears_who_took_it(
    server: OwnServer, store: GraphStore, older: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take(number: int) -> Failure:
        if number == 6:
            staging = f"{TARGET}/next/{'cd' * 16}"
            server.store.update(
                f"DELETE {{ GRAPH ?g {{ ?t <{PG}claim> ?old }} }} "
                f'INSERT {{ GRAPH ?g {{ ?t <{PG}claim> <{staging}> . <{staging}> <{PG}host> "atlas" ; '
                f"<{PG}pid> 12 }} }} WHERE {{ GRAPH ?g {{ ?t <{PG}claim> ?old }} }}"
            )
        return None

    publish(older, server.endpoint)
    server.requests.clear()
    server.trouble = take
    with pytest.raises(EndpointError, match=r"another publish took over \(atlas, pid 12\)"):
        publish(store, server.endpoint)
    assert server.graphs()[TARGET] == triples(older)


def test_nothing_of_the_servers_gets_into_an_update(server: OwnServer, store: GraphStore, older: GraphStore) -> None:
    publish(older, server.endpoint)
    evil = ox.Literal(f"{TARGET}/next/x> ; DROP ALL ; DROP GRAPH <u:x")
    for name in ("claim", "staging", "host", "pid", "digest", "triples"):
        for subject in (TARGET, f"{TARGET}/next/x"):
            server.store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(PG + name), evil, ox.NamedNode(BOOK)))
    server.requests.clear()
    with pytest.raises(EndpointError, match="another publish is running; wait"):
        publish(store, server.endpoint)
    publish(store, server.endpoint, take_over=True)
    assert not any("DROP ALL" in request for request in server.requests)
    assert server.graphs()[TARGET] == triples(store)


def test_a_graph_needs_an_iri(server: OwnServer, store: GraphStore) -> None:
    with pytest.raises(EndpointError, match="is named by an IRI"):
        publish(store, replace(server.endpoint, graph="x> } ; DROP ALL #"))
    assert not server.requests


# With a real server.


@pytest.mark.slow
def test_of_two_processes_that_publish_at_once_one_is_refused(demo_store: Path, tmp_path: Path) -> None:
    if not oxigraph_binary():
        pytest.skip("needs the package `oxigraph`, which `make` installs")
    with oxigraph(tmp_path) as there:
        command = [sys.executable, "-m", "papergraph", "publish", "--endpoint", there.url, "--update", there.update_url]
        both = [
            subprocess.Popen(
                [*command, "--store", demo_store], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        said = [process.communicate(timeout=600) for process in both]
        assert sorted(process.returncode for process in both) == [0, 2]
        winner = next(process for process in both if process.returncode == 0)
        (error,) = (err for (_, err), process in zip(said, both, strict=True) if process.returncode)
        assert f"another publish is running ({claim.this_process().host}, pid {winner.pid})" in error
        whole_store = open_store(demo_store)
        assert publish(whole_store, there).batches == 0
        assert RemoteGraph(there).read_graph().relations == whole_store.read_graph().relations


@pytest.mark.slow
def test_a_real_server_that_is_killed_at_any_request_heals(
    store: GraphStore, older: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not oxigraph_binary():
        pytest.skip("needs the package `oxigraph`, which `make` installs")
    monkeypatch.setattr(endpoint, "_PAUSES", ())
    monkeypatch.setattr(sys.modules[publish_function.__module__], "_BATCH", 200)
    for number in range(1, 100):
        with oxigraph_process(tmp_path) as (there, process), monkeypatch.context() as patch:
            publish(older, there)
            patch.setattr(Endpoint, "_post", _killing(process, number))
            ended = True
            try:
                publish(store, there)
            except EndpointError:
                ended = False
        with oxigraph_process(tmp_path) as (there, _):
            publish(store, there)
            data, _ = there.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{TARGET}> {{ ?s ?p ?o }} }}", "text/plain")
            assert {str(quad.triple) for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)} == triples(store)
            left, _ = there.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "text/csv")
            assert set(left.decode().split()) == {"g", TARGET, BOOK}
        if ended:
            break
    assert 10 < number < 99


def _killing(process: subprocess.Popen[bytes], number: int) -> Callable[..., tuple[bytes, str]]:
    """Return a way to ask that kills the server while it is busy with a certain request."""
    post, sent = Endpoint._post, []

    def ask(self: Endpoint, url: str, form: dict[str, str], accept: str) -> tuple[bytes, str]:
        sent.append(url)
        if len(sent) == number:
            threading.Timer(0.004, process.kill).start()
        return post(self, url, form, accept)

    return ask
