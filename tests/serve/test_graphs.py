"""The reading half of the Graph Store Protocol."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from papergraph.store import open_store
from tests.serve.running import Server

NOTE = "https://w3id.org/papergraph/id/note/kv-cache.md"


def _count(body: bytes, form: ox.RdfFormat) -> int:
    return len(list(ox.parse(body, format=form)))


def test_the_whole_store_can_be_had_as_quads(demo: Server, demo_store: Path) -> None:
    store = open_store(demo_store)
    response = demo.send("/store")
    assert response.type == "application/trig"
    assert _count(response.body, ox.RdfFormat.TRIG) == store.seal.quads
    quads = demo.send("/store/", headers={"Accept": "application/n-quads"})
    assert set(quads.body.splitlines()) == {f"{q} .".encode() for q in store.quads()}
    assert int(quads.headers["content-length"]) == len(quads.body)


def test_the_graph_of_a_note_is_called_like_the_note(demo: Server, demo_store: Path) -> None:
    expected = len(list(open_store(demo_store).store.quads_for_pattern(None, None, None, ox.NamedNode(NOTE))))
    response = demo.send("/store?graph=" + quote(NOTE, safe=""))
    assert (response.status, response.type) == (200, "text/turtle")
    assert _count(response.body, ox.RdfFormat.TURTLE) == expected > 0
    other = demo.send("/store?graph=" + quote(NOTE, safe=""), headers={"Accept": "application/rdf+xml"})
    assert _count(other.body, ox.RdfFormat.RDF_XML) == expected


def test_the_default_graph_is_the_one_without_a_name(demo: Server, demo_store: Path) -> None:
    expected = len(list(open_store(demo_store).store.quads_for_pattern(None, None, None, ox.DefaultGraph())))
    response = demo.send("/store?default", headers={"Accept": "application/n-triples"})
    assert _count(response.body, ox.RdfFormat.N_TRIPLES) == expected > 0


def test_only_the_head_can_be_had(demo: Server) -> None:
    response = demo.send("/store?default", "HEAD")
    assert (response.status, response.body, int(response.headers["content-length"]) > 1000) == (200, b"", True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/store?graph=https://w3id.org/papergraph/id/note/nowhere.md", 404),
        ("/store?graph=no%20iri", 400),
        ("/store?graph=", 400),
        ("/store?default&graph=urn:a", 400),
        ("/store?graph=%FF", 400),
    ],
)
def test_what_is_no_graph_is_an_error_of_the_client(demo: Server, path: str, status: int) -> None:
    assert demo.send(path).status == status


def test_triples_formats_cannot_hold_the_whole_store(demo: Server) -> None:
    assert demo.send("/store", headers={"Accept": "text/turtle"}).status == 406


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_can_be_written(demo: Server, method: str) -> None:
    for path in ("/store", "/store?default", "/store?graph=" + quote(NOTE, safe=""), "/id/method/h2o", "/"):
        response = demo.send(path, method, b"<urn:a> <urn:b> <urn:c> .", {"Content-Type": "text/turtle"})
        assert response.status == 405
        assert "GET" in response.headers["allow"]
