"""Queries that would take the server down, were it not for its limits."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from papergraph.ask.limits import Limits
from papergraph.serve import Settings
from papergraph.store import write_generation
from tests.ask.test_guard import REACHING
from tests.graphs import RUN, small_graph
from tests.listening import Listener, listening
from tests.serve.running import Server, running, write_store

pytestmark = pytest.mark.slow

SECONDS, MEGABYTES = 2.0, 512
_ANY = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(6))
_STARS = " . ".join(f"?a{i} <http://e/p>* ?b{i}" for i in range(3))
_DOUBLED = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(30))

#: Queries that end by a limit of the worker, and the statuses that say so.
RUNAWAY = {
    "counting everything six times": (f"SELECT (COUNT(*) AS ?n) {{ {_ANY} }}", {504}),
    "sorting it": (f"SELECT * {{ {_ANY} }} ORDER BY ?o3 LIMIT 1", {503, 504}),
    "streaming it": (f"SELECT * {{ {_ANY} }}", {413, 504}),
    "building it": (f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} WHERE {{ {_ANY} }}", {413, 503, 504}),
    "three paths on a cycle": (f"SELECT (COUNT(*) AS ?n) {{ {_STARS} }}", {503, 504}),
    "a path of anything but": (
        "SELECT (COUNT(*) AS ?n) { ?a (<http://e/p>|!<http://e/l>)* ?b . ?c (<http://e/p>|!<http://e/l>)* ?d }",
        {503, 504},
    ),
    "gluing all together": (
        "SELECT (GROUP_CONCAT(?o0) AS ?n) { ?s0 ?p0 ?o0 . ?s1 ?p1 ?o1 . ?s2 ?p2 ?o2 . ?s3 ?p3 ?o3 }",
        {503, 504},
    ),
    "doubling a string": (f"SELECT * {{ BIND('{'x' * 40}' AS ?a0) {_DOUBLED} }}", {503, 504}),
    "distinct pairs": ("SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f }", {413, 503, 504}),
    "many patterns": ("SELECT * { " + "?a?b?c." * 99 + "}", {200, 413, 503, 504}),
    "a list of lists": (f"SELECT * {{ ?s ?p {'(' * 45}1{')' * 45} }}", {200, 503, 504}),
}

#: Queries that are refused before anything reads them.
REFUSED = {
    "20,000 unions": "SELECT * { {}" + "UNION{}" * 20_000 + "}",
    "2,000 unions": "SELECT * { {}" + "UNION{}" * 2_000 + "}",
    "deep groups": "SELECT * " + "{" * 7_000 + "}" * 7_000,
    "deep brackets": "SELECT (" + "(" * 6_000 + "1" + ")" * 6_000 + " AS ?x) {}",
    "a long sum": "SELECT (1" + "+1" * 6_900 + " AS ?x) {}",
    "negations": "SELECT * { FILTER(" + "!" * 9_500 + "true) }",
    "a deep path": "SELECT * { ?s " + "(" * 7_000 + "a" + ")" * 7_000 + " ?o }",
    "a long path": "SELECT * { ?s a" + "/a" * 600 + " ?o }",
    "deep lists": f"SELECT * {{ ?s ?p {'(' * 200}1{')' * 200} }}",
    "options": "SELECT * { " + "OPTIONAL{" * 1_500 + "}" * 1_500 + "}",
    "a thousand patterns": "SELECT * { " + "?a?b?c." * 1_024 + "}",
    "one byte repeated": "\x00" * 15_000,
    "an update that loads": "LOAD <{u}>",
    "service": "SELECT * { SERVICE <{u}> {?a ?b ?c} }",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of 6,000 triples on a cycle."""
    p, label = ox.NamedNode("http://e/p"), ox.NamedNode("http://e/l")
    nodes = [ox.NamedNode(f"http://e/{i}") for i in range(3000)]
    quads = [ox.Quad(n, p, nodes[(i + 1) % 3000]) for i, n in enumerate(nodes)]
    quads += [ox.Quad(n, label, ox.Literal("a" * 33 + str(i))) for i, n in enumerate(nodes)]
    folder = write_store(tmp_path_factory.mktemp("cycle") / "store", quads)
    with running(Settings(folder, limits=Limits(seconds=SECONDS, megabytes=MEGABYTES))) as running_server:
        yield running_server


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


def _is_well(server: Server) -> bool:
    """Tell whether an ordinary query is answered."""
    return server.ask("SELECT * { <http://e/1> ?p ?o }").status == 200


@pytest.mark.parametrize("name", RUNAWAY)
def test_a_query_that_runs_away_is_stopped(server: Server, name: str) -> None:
    query, statuses = RUNAWAY[name]
    with _most_memory() as most:
        response = server.ask(query)
    assert response.status in statuses, response.text[:300]
    assert max(most, default=0) < (MEGABYTES + 200) * 1_000_000
    assert _is_well(server)


@pytest.mark.parametrize("name", REFUSED)
def test_a_query_that_would_kill_the_engine_never_reaches_it(server: Server, name: str, listener: Listener) -> None:
    query = REFUSED[name].replace("{u}", listener.address)
    response = server.ask(query)
    assert 400 <= response.status < 500
    assert _is_well(server)
    assert not listener.connections


@pytest.mark.parametrize("name", REACHING)
def test_no_way_to_the_network_is_open(server: Server, name: str, listener: Listener) -> None:
    query = REACHING[name].replace("{u}", listener.address)
    assert server.ask(query).status == 400
    graphs = {"default-graph-uri": listener.address, "named-graph-uri": listener.address}
    assert server.ask("SELECT * { ?s ?p ?o }", **graphs).status == 200
    assert server.ask("SELECT * FROM <{u}> { ?s ?p ?o }".replace("{u}", listener.address)).status == 200
    assert not listener.connections


def test_many_runaways_at_once_are_stopped_or_turned_away_and_the_server_serves_on(server: Server) -> None:
    def asked(_: int) -> tuple[int, str]:
        response = server.ask(RUNAWAY["counting everything six times"][0])
        return response.status, response.headers.get("retry-after", "")

    with ThreadPoolExecutor(12) as threads:
        done = list(threads.map(asked, range(12)))
    assert {status for status, _ in done} == {503, 504}
    assert all(retry for status, retry in done if status == 503)
    assert _is_well(server)


def test_a_query_stops_when_its_client_goes(tmp_path: Path) -> None:
    """Nothing else would stop it: it may take an hour."""
    write_generation(tmp_path / "store", small_graph(), RUN)
    query = quote(RUNAWAY["counting everything six times"][0])
    with running(Settings(tmp_path / "store", limits=Limits(seconds=3600))) as patient:
        for _ in range(6):
            with socket.create_connection(("127.0.0.1", patient.port), 5) as connection:
                connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                time.sleep(0.3)
        while not _is_well(patient):
            time.sleep(0.1)


class _Sampler(threading.Thread):
    """Watches the memory of the processes that this one started."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: list[int] = []
        self._over = threading.Event()

    def __enter__(self) -> list[int]:
        self.start()
        return self.seen

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(0.02):
            for task in Path("/proc/self/task").glob("*/children"):
                self.seen += [_resident(pid) for pid in task.read_text().split()]


_most_memory = _Sampler


def _resident(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0
