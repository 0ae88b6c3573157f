"""Who is heard."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from papergraph.serve import Settings
from tests.serve.running import Server, running


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:7878", "[::1]:1", "LOCALHOST:80"])
def test_this_machine_is_heard_under_its_own_names(demo: Server, host: str) -> None:
    assert demo.send("/sparql?query=ASK%7B%7D", headers={"Host": host}).status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7878", "localhost.evil.example", "127.0.0.1.nip.io"])
def test_a_name_that_was_rebound_to_this_machine_is_not(demo: Server, host: str) -> None:
    for path in ("/", "/sparql?query=ASK%7B%7D", "/id/method/h2o", "/store"):
        response = demo.send(path, headers={"Host": host})
        assert (response.status, b"unknown host name" in response.body) == (421, True)


@pytest.mark.parametrize("host", ["", "a b", "localhost:port", "user@localhost", "localhost/x"])
def test_a_malformed_name_is_refused(demo: Server, host: str) -> None:
    assert demo.send("/", headers={"Host": host}).status in {400, 421}


def test_two_names_at_once_are_refused(demo: Server) -> None:
    with socket.create_connection(("127.0.0.1", demo.port), 5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "https://127.0.0.1"])
def test_pages_of_other_origins_may_not_ask(demo: Server, origin: str) -> None:
    response = demo.send("/sparql?query=ASK%7B%7D", headers={"Origin": origin})
    assert response.status == 403
    assert "access-control-allow-origin" not in response.headers


def test_our_own_pages_may_ask(demo: Server) -> None:
    for headers in ({"Origin": demo.origin}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
        assert demo.send("/sparql?query=ASK%7B%7D", headers=headers).status == 200


def test_a_link_elsewhere_may_lead_to_a_page_but_not_start_a_query(demo: Server) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert demo.send("/id/method/h2o", headers=link).status == 200
    assert demo.send("/sparql?query=ASK%7B%7D", headers=link).status == 403
    assert demo.send("/id/method/h2o", headers={**link, "Sec-Fetch-Dest": "iframe"}).status == 403
    assert demo.send("/store", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}).status == 403


def test_every_response_keeps_browsers_careful(demo: Server) -> None:
    for path in ("/", "/sparql", "/sparql?query=nonsense", "/nowhere", "/id/method/h2o", "/store?default"):
        headers = demo.send(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["cache-control"] == "no-store"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def test_origins_that_were_named_may_read(demo_store: Path) -> None:
    with running(Settings(demo_store, origins=("https://editor.example",), workers=1)) as server:
        friend, stranger = ({"Origin": o} for o in ("https://editor.example", "https://other.example"))
        response = server.send("/sparql?query=ASK%7B%7D", headers=friend)
        assert (response.status, response.headers["access-control-allow-origin"]) == (200, "https://editor.example")
        assert server.send("/sparql?query=ASK%7B%7D", headers=stranger).status == 403
        asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        assert server.send("/sparql", "OPTIONS", headers={**friend, **asks}).status in {200, 204}
        assert server.send("/sparql", "OPTIONS", headers={**stranger, **asks}).status == 403


def test_all_may_read_if_somebody_wants_that_and_other_names_may_be_allowed(demo_store: Path) -> None:
    with running(Settings(demo_store, origins=("*",), hosts=("notes.lan",), workers=1)) as server:
        response = server.send("/sparql?query=ASK%7B%7D", headers={"Origin": "https://any.example"})
        assert response.headers["access-control-allow-origin"] == "*"
        assert server.send("/", headers={"Host": "notes.lan:7878"}).status == 200
        assert server.send("/", headers={"Host": "other.lan"}).status == 421
