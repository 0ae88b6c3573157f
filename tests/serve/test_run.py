"""Connections on which nothing is asked, or nothing is taken, end in time."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from papergraph.serve import Settings, protocol
from papergraph.serve import run as server_run
from papergraph.serve.gate import HEADERS
from tests.serve.running import Server, running, write_store

_ASK = b"GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n"
_POST = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 50\r\n\r\n"
)

#: What a client sends, and then sends no more, or one byte from time to time.
STINGY = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHo",
    "half a head behind a request": _ASK + b"GET / HTTP/1.1\r\nHo",
    "half a head behind two requests": _ASK + _ASK + b"GET / HTTP/1.1\r\nHo",
    "half a body": _POST + b"ASK",
    "half a body behind a request": _ASK + _POST + b"ASK",
    "a body that nobody reads": _ASK.replace(b"\r\n\r\n", b"\r\nContent-Length: 5000\r\n\r\n") + b"x",
    "a body in pieces": _POST.replace(b"Content-Length: 50", b"Transfer-Encoding: chunked") + b"3\r\nASK\r\n",
    "a body that waits for leave": _POST.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"),
}


@pytest.fixture(scope="module")
def impatient(demo_store: Path) -> Iterator[Server]:
    """A server that waits for a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server_run, "HEAD_SECONDS", 1.0)
        patch.setattr(server_run, "READ_SECONDS", 0.5)
        patch.setattr(protocol, "BODY_SECONDS", 1.0)
        with running(Settings(demo_store, workers=1)) as server:
            yield server


def _ends(connection: socket.socket, seconds: float, drip: bytes = b"") -> bool:
    """Tell whether the server closes the connection in so many seconds, though one byte comes after the other."""
    end = time.monotonic() + seconds
    connection.settimeout(0.1)
    while time.monotonic() < end:
        try:
            if drip:
                connection.sendall(drip)
            if not connection.recv(1 << 16):
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


@pytest.mark.parametrize("drip", [b"", b"x"], ids=["silence", "trickle"])
@pytest.mark.parametrize("name", STINGY)
def test_a_client_that_does_not_finish_is_let_go(impatient: Server, name: str, drip: bytes) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port), 5) as connection:
        connection.sendall(STINGY[name])
        assert _ends(connection, 20, drip)


def test_a_client_that_asks_again_and_again_is_served(impatient: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", impatient.port, timeout=5)
    with contextlib.closing(connection):
        connection.connect()
        opened = connection.sock
        for _ in range(8):
            connection.request("GET", "/style.css")
            assert connection.getresponse().read()
            time.sleep(0.2)
        assert connection.sock is opened


def test_two_hundred_stingy_clients_keep_the_others_out_for_a_moment_only(impatient: Server) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(201):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", impatient.port), 5))
            connection.sendall(STINGY["half a head behind a request"])
        end = time.monotonic() + 60
        statuses = []
        while 200 not in statuses and time.monotonic() < end:
            with contextlib.suppress(OSError):
                response = impatient.send("/style.css")
                statuses.append(response.status)
                assert set(HEADERS.items()) <= {(n, response.headers.get(n.lower(), "")) for n in HEADERS}
            time.sleep(0.1)
    assert statuses[-1] == 200
    assert set(statuses) <= {200, 503}


@pytest.mark.slow
def test_an_answer_that_nobody_takes_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_run, "READ_SECONDS", 0.5)
    monkeypatch.setattr(server_run, "HEAD_SECONDS", 1.0)
    node = ox.NamedNode("http://e/p")
    quads = [ox.Quad(node, node, ox.Literal(f"{i}" * 2000)) for i in range(3000)]
    with running(Settings(write_store(tmp_path / "store", quads), workers=1)) as server:
        wanted = f"GET /store HTTP/1.1\r\nHost: localhost:{server.port}\r\nAccept: application/n-quads\r\n\r\n".encode()
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", server.port))
            connection.sendall(wanted)
            time.sleep(15)  # a busy machine is some time about so long an answer
            connection.settimeout(5)
            taken = 0
            with contextlib.suppress(ConnectionError):
                while piece := connection.recv(1 << 16):
                    taken += len(piece)
        assert taken < len(server.send("/store", headers={"Accept": "application/n-quads"}).body)


def test_what_is_no_http_is_answered_with_the_headers_of_every_answer(impatient: Server) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port), 5) as connection:
        connection.sendall(b"\x00\xff nonsense\r\n\r\n")
        answer = connection.recv(1 << 16).decode()
    assert answer.startswith("HTTP/1.1 400")
    for name, value in HEADERS.items():
        assert f"{name.lower()}: {value}" in answer
