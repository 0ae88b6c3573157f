"""Whatever stands in an address or a field, the server does not fail, and every answer keeps browsers careful."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from random import Random
from urllib.parse import quote, quote_from_bytes

import pytest

from papergraph.serve import Settings, pages
from papergraph.serve.app import _ROUTES
from papergraph.serve.gate import HEADERS
from tests.repeats import repeats
from tests.serve.running import Response, Server, running

PATHS = sorted({str(route.path).replace("{rest:path}", "method/h2o") for route in _ROUTES})
FIELDS = ("page", "type", "lang", "query", "q", "format", "output", "graph", "default", "default-graph-uri", "x")
_LONG = "9" * 5000
#: Text that somebody's code somewhere did not expect.
NAUGHTY = (
    *(
        "",
        " ",
        "0",
        "-1",
        _LONG,
        f"-{_LONG}",
        "1e9",
        "٣",
        "²",
        "½",
        "0x10",
        "NaN",
        "Infinity",
        "null",
        "None",
        "[]",
        "{}",
    ),
    *("\x00", "a\x00b", "\r\nSet-Cookie: a=b", "\x1b[31m", "\x9b31m", "\u202e", "\ufeff", "\uffff", "😀", "é" * 300),
    *(
        "../../../etc/passwd",
        "..\\..\\x",
        "/",
        "//evil.example/",
        "http://[::1",
        "http://evil.example/",
        "javascript:alert(1)",
    ),
    *("<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "{{7*7}}", "${7*7}", "%s%s%n", "%", "%%", "%zz"),
    *(
        "' OR 1=1 --",
        "SELECT * {",
        "SELECT * { ?s ?p ?o } LIMIT 1",
        "ASK { BIND(1/0 AS ?x) }",
        "method:h2o",
        "<a>",
        "_:b",
    ),
)
#: Bytes that are no UTF-8: alone, surrogates, too long.
NO_TEXT = (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"a\x80b", b"\xe2\x82")
Values = list[str]


def _encoded(naughty: tuple[str, ...]) -> Values:
    return [quote(text, safe="", errors="surrogatepass") for text in naughty] + [quote_from_bytes(b) for b in NO_TEXT]


def _check(response: Response, asked: str) -> None:
    assert response.status < 500 or response.status in {503, 504}, (response.status, asked[:200])
    for name, value in HEADERS.items():
        if name != "Content-Security-Policy":
            assert response.headers.get(name.lower()) == value, (name, asked[:200])
    assert response.headers.get("content-security-policy", "").startswith("default-src 'none'"), asked[:200]
    assert b"Traceback" not in response.body
    assert b"site-packages" not in response.body


def _address(chance: Random, values: Values) -> str:
    path, value = chance.choice(PATHS), chance.choice(values)
    if chance.random() < 0.25:
        path = chance.choice(("/id/", "/", "/id/method/", "/browse/", "/%2e%2e/")) + value
    fields = [f"{chance.choice(FIELDS)}={chance.choice(values)}" for _ in range(chance.randint(0, 3))]
    return path + ("?" + "&".join(fields) if fields else "")


def _try(server: Server, seed: int, count: int, values: Values) -> None:
    chance = Random(seed)  # noqa: S311  nothing secret
    for _ in range(count):
        address = _address(chance, values)
        header = chance.choice(values)[:200]
        headers = chance.choice(
            ({}, {"Accept": "text/html"}, {"Accept": header}, {"Accept-Language": header + ";q=nan"})
        )
        method = chance.choice(("GET", "GET", "HEAD", "POST"))
        body = chance.choice(values).encode() if method == "POST" else None
        kind = chance.choice(("application/x-www-form-urlencoded", "application/sparql-query", "text/plain; charset=x"))
        sent = {**headers, **({"Content-Type": kind} if body is not None else {})}
        _check(server.send(address, method, body, sent), f"{method} {address}")


def test_hostile_requests_are_answered(demo: Server) -> None:
    _try(demo, 7, 120, _encoded(NAUGHTY))


@pytest.mark.slow
def test_many_hostile_requests_are_answered(demo: Server) -> None:
    _try(demo, 8, repeats(400), _encoded(NAUGHTY))


@pytest.mark.slow
def test_known_naughty_strings_are_answered(demo: Server, shared: Path) -> None:
    naughty = json.loads((shared / "suites" / "blns" / "blns.json").read_text(encoding="utf-8"))
    _try(demo, 9, repeats(400), _encoded(tuple(naughty)))


@pytest.mark.parametrize("page", [_LONG, f"-{_LONG}", "٣", "one", "1_0", "1.0"])
def test_a_page_that_is_no_number_is_the_fault_of_who_asks(demo: Server, page: str) -> None:
    response = demo.send(f"/browse?page={quote(page)}")
    assert (response.status, response.text) == (400, "the page number must have 1 to 9 digits\n")
    _check(response, page)


@pytest.mark.parametrize(
    "target", [b"/\xff", b"/\x00", b"/a b", b"*", b"http://localhost/x", b"//", b"?", b"/%", b"/#"]
)
def test_an_address_that_is_none_is_refused(demo: Server, target: bytes) -> None:
    with socket.create_connection(("127.0.0.1", demo.port), 5) as connection:
        connection.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    assert answer[9:12] < b"500"
    assert b"content-security-policy: default-src 'none'" in answer.lower()


def test_a_failure_passes_the_same_gate_and_tells_strangers_nothing(
    demo_store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("/secret/place \x9b31m")

    monkeypatch.setattr(pages, "answer_with", fail)
    with running(Settings(demo_store, workers=1)) as server:
        response = server.send("/browse")
        stranger = server.send("/browse", headers={"Host": "evil.example"})
    assert (response.status, "secret" in response.text) == (500, False)
    assert {response.headers[name.lower()] for name in HEADERS} == set(HEADERS.values())
    assert stranger.status == 421
    assert "GET /browse failed: ValueError: /secret/place \\x9b31m" in caplog.text
