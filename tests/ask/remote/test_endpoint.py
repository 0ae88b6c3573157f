"""A server need not be friendly: what it does ends in time and in size, and stays with it."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from papergraph.ask.remote import Endpoint, RemoteGraph, endpoint
from papergraph.errors import EndpointError
from tests.ask.remote.hostile import hostile, reply
from tests.conftest import Run
from tests.listening import listening

YES = b'{"head": {}, "boolean": true}'
NASTY = "\x1b]0;gone\x07\x9b31m \u202egnp"


def ask(url: str, **limits: float) -> bytes:
    return Endpoint(url, **limits).query("ASK {}", "application/sparql-results+json")[0]  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_PAUSES", ())


# What stands in the address.


@pytest.mark.parametrize(
    "url",
    [
        "http://ann:hunter2@localhost:7878/query",
        "http://ann:hun@ter2@localhost/query",
        "http://ann:hunter2/x@localhost/query",
        "ann:hunter2@localhost/query",
        "https://hunter2@localhost/query",
        "http://ann:hun?ter2@localhost/query",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(run: Run, url: str) -> None:
    for command in (
        ("show", "H2O", "--endpoint", url),
        ("publish", "--endpoint", "http://localhost/", "--update", url),
    ):
        outcome = run(*command)
        assert outcome.code == 2
        assert "PAPERGRAPH_PASSWORD" in outcome.err or "?" in url
        assert "ter2" not in outcome.out + outcome.err


@pytest.mark.parametrize("url", ["http://localhost:x/", "http://[::1/", "http://a b/", "http://a/\n", "http://:80/"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EndpointError, match="expected an address such as"):
        Endpoint(url)


def test_the_password_goes_to_a_server_that_asks_for_it_and_into_no_message() -> None:
    wanted = reply(b"no", "text/plain", "401 Unauthorized", 'WWW-Authenticate: Basic realm="x"')
    with hostile(wanted) as server, pytest.raises(EndpointError, match="401") as caught:
        ask(server.url, user="ann", password="hunter2")  # type: ignore[arg-type]  # noqa: S106
    assert b"Authorization: Basic" in server.requests[1]
    assert "hunter2" not in str(caught.value)


def test_a_way_to_sign_in_that_is_not_known_is_an_error() -> None:
    wanted = reply(b"", "text/plain", "401 Unauthorized", "WWW-Authenticate: Negotiate\x1b[31m abc")
    with hostile(wanted) as server, pytest.raises(EndpointError, match="unexpected answer"):
        ask(server.url, user="ann", password="x")  # type: ignore[arg-type]  # noqa: S106


# Time.


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 200 OK\r\nX: ", reply(YES + b" " * 10_000)[:-9_000]])
def test_the_limit_of_time_holds_for_an_answer_that_drips(beginning: bytes) -> None:
    stopped = threading.Event()

    def drip(_: bytes, connection: socket.socket) -> None:
        connection.sendall(beginning)
        while not stopped.wait(0.05):
            connection.sendall(b" " if beginning else b"H")

    with hostile(drip) as server:
        begun = time.monotonic()
        with pytest.raises(EndpointError, match=r"no answer: timed out after 0\.5 s"):
            ask(server.url, seconds=0.5)
        assert time.monotonic() - begun < 20  # for ever, were every byte a new beginning
    stopped.set()


def test_the_limit_of_time_holds_for_all_of_a_chain_of_redirects() -> None:
    def slow(_: bytes, connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(reply(b"", "text/plain", "307 Again", "Location: /again"))

    with hostile(slow) as server, pytest.raises(EndpointError, match=r"timed out after 0\.5 s"):
        ask(server.url, seconds=0.5)


# Size.


def test_an_answer_may_be_so_long_and_no_longer() -> None:
    with hostile(reply(YES)) as server:
        assert ask(server.url, most_bytes=len(YES)) == YES
        with pytest.raises(EndpointError, match=rf"{server.url}: the answer has more than {len(YES) - 1} bytes"):
            ask(server.url, most_bytes=len(YES) - 1)


@pytest.mark.parametrize("head", ["Transfer-Encoding: chunked", "Connection: close"])
def test_an_answer_without_end_ends(head: str) -> None:
    def pour(_: bytes, connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode())
        while True:
            connection.sendall(b"10000\r\n" + b" " * 65_536 + b"\r\n" if "chunked" in head else b" " * 65_536)

    with hostile(pour) as server, pytest.raises(EndpointError, match="more than 1,000,000 bytes"):
        ask(server.url, most_bytes=1_000_000)


def test_a_packed_answer_is_unpacked_within_the_same_bound() -> None:
    with hostile(reply(gzip.compress(YES), "text/plain", "200 OK", "Content-Encoding: gzip")) as server:
        assert ask(server.url) == YES
    bomb = gzip.compress(b" " * 50_000_000)
    with (
        hostile(reply(bomb, "text/plain", "200 OK", "Content-Encoding: gzip")) as server,
        pytest.raises(EndpointError, match="more than 1,000,000 bytes"),
    ):
        ask(server.url, most_bytes=1_000_000)


@pytest.mark.parametrize(("coding", "message"), [("br", "not requested"), ("gzip", "unexpected answer")])
def test_a_packing_that_is_none_is_an_error(coding: str, message: str) -> None:
    with (
        hostile(reply(YES, "text/plain", "200 OK", f"Content-Encoding: {coding}")) as server,
        pytest.raises(EndpointError, match=message),
    ):
        ask(server.url)


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_that_was_cut_is_no_answer(packed: bool) -> None:
    if packed:
        whole = reply(gzip.compress(YES)[:-9], "text/plain", "200 OK", "Content-Encoding: gzip")
    else:
        whole = reply(YES)[:-4]
    with hostile(whole) as server, pytest.raises(EndpointError, match="no answer"):
        ask(server.url)


def test_of_an_error_only_the_beginning_is_read() -> None:
    def pour(_: bytes, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 500 Oh\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    with hostile(pour) as server, pytest.raises(EndpointError, match=r"the server answered 500: x+…$") as caught:
        ask(server.url)
    assert len(str(caught.value)) < 400


# Redirects.


@pytest.mark.parametrize(
    "target", ["http://other.example/sparql", "https://127.0.0.1/", "file:///etc/passwd", "//u:pw@other.example/"]
)
def test_a_redirect_to_another_server_is_refused_by_name(target: str) -> None:
    with hostile(reply(b"", "text/plain", "302 Found", f"Location: {target}")) as server:
        with pytest.raises(EndpointError, match=r"redirects to .*use that address") as caught:
            ask(server.url)
        assert len(server.requests) == 1
    assert target.rpartition("@")[2].rpartition("//")[2] in str(caught.value)
    assert "pw" not in str(caught.value).replace("/etc/passwd", "")


def test_a_redirect_to_another_port_reaches_nobody() -> None:
    with (
        listening() as other,
        hostile(reply(b"", "text/plain", "307 Elsewhere", f"Location: {other.address}")) as server,
        pytest.raises(EndpointError, match="redirects to"),
    ):
        ask(server.url)
    assert not other.connections


@pytest.mark.parametrize("code", [301, 302, 307, 308, 303])
def test_a_redirect_within_the_server_is_followed_and_the_question_kept(code: int) -> None:
    def answer(request: bytes, connection: socket.socket) -> None:
        moved = reply(b"", "text/plain", f"{code} Moved", "Location: /there?x=1")
        connection.sendall(reply(YES) if b" /there?x=1 " in request else moved)

    with hostile(answer) as server:
        assert ask(server.url) == YES
    first, second = server.requests
    assert first.endswith(b"query=ASK+%7B%7D")
    kept = second.startswith(b"POST") and second.endswith(b"query=ASK+%7B%7D")
    assert kept == (code != 303)  # "see other" means: fetch the answer there


def test_redirects_come_to_an_end() -> None:
    with hostile(reply(b"", "text/plain", "308 Round", "Location: /round")) as server:
        with pytest.raises(EndpointError, match="more than 5 redirects"):
            ask(server.url)
        assert len(server.requests) == 6


# What it says.


def test_what_a_server_says_reaches_the_terminal_as_plain_text(run: Run) -> None:
    for status in ("400 No", "500 Oh", "404 Gone"):
        with hostile(reply(NASTY.encode(), "text/plain", status)) as server:
            outcome = run("show", "H2O", "--endpoint", server.url)
        assert outcome.code == 2
        assert r"\x1b]0;gone\x07\x9b31m \u202egnp" in outcome.err
    for answer in (f"{NASTY}\r\n\r\n".encode(), f"HTTP/1.1 302 x\r\nLocation: http://x{NASTY}/\r\n\r\n".encode()):
        with hostile(answer) as server:
            outcome = run("show", "H2O", "--endpoint", server.url)
        assert outcome.code == 2
        assert not any(c in outcome.err for c in "\x1b\x07\x9b\u202e")


_TERM = b'{"type":"uri","value":"u:x"}'
_DEEP_TERM = b'{"type":"triple","value":{"subject":' + _TERM + b',"predicate":' + _TERM + b',"object":'


@pytest.mark.parametrize(
    ("kind", "body", "message"),
    [
        ("application/json", b"", "not a SPARQL result"),
        ("application/json", b"[]", "nested|not a SPARQL result"),
        ("application/json", b"null", "not a SPARQL result"),
        ("application/json", b'{"head": {}}', "not a SPARQL result"),
        ("application/json", b'{"head": {}, "boolean": "' + NASTY.encode() + b'"}', "not a SPARQL result"),
        (
            "application/json",
            b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri"',
            "not a SPARQL result",
        ),
        ("application/json", b'{"head":{"vars":["x"]},"results":{"bindings":[{"y":3}]}}', "not a SPARQL result"),
        ("application/json", b'{"head": {}, "boolean": ' + b"9" * 5_000 + b"}", "not a SPARQL result"),
        ("application/json", b"\xff\xfe\x00", "not a SPARQL result"),
        ("application/json", b"[" * 100_000, "nested too deep"),
        (
            "application/json",
            b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":' + _DEEP_TERM * 20_000 + b"1" + b"}}" * 20_000,
            "nested too deep",
        ),
        ("text/html", b"<html><body>Welcome!", "not a SPARQL result"),
        ("application/n-triples", b"<u:s> <u:p> " + b"<<( <u:s> <u:p> " * 20_000, "nested too deep"),
        ("text/turtle", b"<u:s> <u:p>\n" + b"<<( <u:s> <u:p>\n" * 20_000, "nested too deep"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else f"{len(value)} bytes",
)
def test_an_answer_that_is_none_is_an_error_in_plain_words(kind: str, body: bytes, message: str) -> None:
    with hostile(reply(body, kind)) as server, pytest.raises(EndpointError, match=message) as caught:
        RemoteGraph(Endpoint(server.url))
    assert str(caught.value).startswith(server.url)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500


def _rows(*names: str) -> Callable[[bytes, socket.socket], None]:
    """Answer ASK with yes, and every SELECT with the same full page."""
    bindings = ",".join(f'{{"{n}":{{"type":"uri","value":"urn:{n}"}}}}' for n in names for _ in range(2_000))
    page = f'{{"head":{{"vars":["{names[0]}"]}},"results":{{"bindings":[{bindings}]}}}}'.encode()

    def answer(request: bytes, connection: socket.socket) -> None:
        connection.sendall(reply(YES if b"ASK" in request else page))

    return answer


def test_pages_that_repeat_themselves_come_to_an_end() -> None:
    with hostile(_rows("x")) as server, pytest.raises(EndpointError, match="keeps returning the same rows"):
        RemoteGraph(Endpoint(server.url)).read_graph()


def test_rows_without_what_was_asked_for_are_an_error() -> None:
    with hostile(_rows("other")) as server, pytest.raises(EndpointError, match=r"lacks \?x"):
        RemoteGraph(Endpoint(server.url)).read_graph()


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*request, "-keyout", key, "-out", certificate, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked: list[bytes] = []

        def listen() -> None:
            connection, _ = server.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as secure:
                    asked.append(secure.recv(1000))
            except OSError:
                pass

        thread = threading.Thread(target=listen)
        thread.start()
        with pytest.raises(EndpointError, match="certificate"):
            ask(f"https://127.0.0.1:{server.getsockname()[1]}/sparql", seconds=10)
        thread.join()
    assert not asked
