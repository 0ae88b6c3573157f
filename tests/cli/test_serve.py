"""`papergraph serve`, and `papergraph query --timeout`."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from papergraph.model import Graph
from papergraph.model import Run as Made
from papergraph.store import write_generation
from tests.conftest import Run
from tests.graphs import RUN, small_graph

pytest.importorskip("starlette", reason="needs the extra `serve`")

from papergraph.serve import Settings, protocol
from papergraph.serve import run as server_run
from tests.serve.running import Server, running


def _started(*arguments: str | Path) -> tuple[subprocess.Popen[str], str]:
    """Start the command and return it with the address that it tells."""
    command = [sys.executable, "-m", "papergraph", "serve", "--port", "0", *map(str, arguments)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stderr
    line = process.stderr.readline()
    match = re.fullmatch(r"serving at (http://127\.0\.0\.1:\d+/) \(press Ctrl-C to stop\)\n", line)
    assert match, line
    return process, match[1]


def test_serve_tells_its_address_answers_and_ends_quietly(demo_store: Path) -> None:
    process, address = _started("--store", demo_store)
    assert b"true" in Server(int(address.rstrip("/").rpartition(":")[2])).ask("ASK {}").body
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_client_that_says_nothing_is_let_go(demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(server_run, "HEAD_SECONDS", 0.3)
    with running(Settings(demo_store, workers=1)) as server:
        for said in (b"", b"GET /sparql HTTP/1.1\r\nHost: local"):
            with socket.create_connection(("127.0.0.1", server.port), 5) as connection:
                connection.sendall(said)
                assert connection.recv(100) == b""


def test_a_body_that_does_not_come_is_not_waited_for(demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.3)
    with (
        running(Settings(demo_store, workers=1)) as server,
        socket.create_connection(("127.0.0.1", server.port), 5) as connection,
    ):
        head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        connection.sendall(f"{head}Content-Length: 50\r\n\r\nASK".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 408")


def test_the_server_follows_the_builds(tmp_path: Path) -> None:

    store = tmp_path / "store"
    write_generation(store, small_graph(), RUN)
    with running(Settings(store, workers=1)) as server:
        assert server.send("/id/method/h2o").status == 200
        assert b"true" in server.ask("ASK { ?s ?p ?o }").body
        write_generation(store, Graph(), Made("other", "0" * 64))
        assert server.send("/id/method/h2o").status == 404
        assert b"false" in server.ask("ASK { ?s ?p ?o }").body
        (store / "CURRENT").unlink()
        assert server.send("/id/method/h2o").status == 503
        assert server.ask("ASK {}").status == 503


def test_there_must_be_a_graph_to_serve(run: Run, tmp_path: Path) -> None:
    outcome = run("serve", "--store", tmp_path / "none", "--port", "0")
    assert (outcome.code, "no graph in this folder" in outcome.err) == (1, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--host", "0.0.0.0"), "--host must be 127.0.0.1, not 0.0.0.0"),  # noqa: S104  refused
        (("--host", "::"), "--host must be 127.0.0.1"),
        (("--host", "192.168.0.7"), "--host must be 127.0.0.1"),
        (("--host", "notes.example"), "--host must be 127.0.0.1"),
        (("--cors", "*"), "leave out --cors"),
        (("--allow-host", "notes.example"), "leave out --allow-host"),
    ],
)
def test_a_page_that_writes_is_for_this_machine_only(
    run: Run, demo_store: Path, options: tuple[str, ...], words: str
) -> None:
    outcome = run("serve", "--review", *options, "--store", demo_store, "--port", "0")
    assert (outcome.code, words in outcome.err) == (2, True)


def test_the_address_of_the_review_page_has_a_new_secret_each_time(demo_store: Path) -> None:
    secrets = set()
    for _ in range(2):
        process, address = _started("--store", demo_store, "--review")
        assert process.stderr
        match = re.fullmatch(
            rf"review at {re.escape(address)}review\?token=([\w-]{{40,}})\n", process.stderr.readline()
        )
        assert match
        secrets.add(match[1])
        server = Server(int(address.rstrip("/").rpartition(":")[2]))
        assert server.send(f"/review?token={match[1]}").status == 303
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "", "")
    assert len(secrets) == 2


def test_an_address_that_is_taken_is_an_error(run: Run, demo_store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = run("serve", "--store", demo_store, "--port", str(taken.getsockname()[1]))
    assert (outcome.code, "choose another with --port" in outcome.err) == (1, True)


def test_without_its_packages_serve_says_how_to_get_them(
    run: Run, demo_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [n for n in sys.modules if n.startswith("papergraph.serve")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette", None)
    monkeypatch.setitem(sys.modules, "starlette.applications", None)
    outcome = run("serve", "--store", demo_store)
    assert (outcome.code, "pip install 'papergraph[serve]'" in outcome.err) == (2, True)


@pytest.mark.slow
def test_a_query_may_have_a_time_limit(run: Run, demo_store: Path) -> None:
    asked = "SELECT ?l { ?m pg:improvesOn method:h2o ; rdfs:label ?l } ORDER BY ?l"
    for form in ("table", "json", "csv", "tsv", "xml"):
        plain = run("query", asked, "--format", form, "--store", demo_store)
        limited = run("query", asked, "--format", form, "--store", demo_store, "--timeout", "20")
        assert (limited.code, limited.out) == (0, plain.out)
    construct = "CONSTRUCT WHERE { ?m pg:improvesOn ?o }"
    for form in ("turtle", "json"):
        plain = run("query", construct, "--format", form, "--store", demo_store)
        assert run("query", construct, "--format", form, "--store", demo_store, "--timeout", "20").out == plain.out
    endless = run(
        "query", "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}", "--timeout", ".2", "--store", demo_store
    )
    assert (endless.code, "the query was stopped after 0.2 s" in endless.err) == (2, True)
