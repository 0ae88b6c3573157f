"""Every IRI of the graph has an address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from papergraph.ontology.terms import BASE, RDFS
from papergraph.serve import Settings
from papergraph.store import open_store
from tests.graphs import RUN, small_graph
from tests.serve.running import Server, running, write_store

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_every_iri_of_the_graph_is_shown_as_page_and_as_rdf(demo: Server, demo_store: Path) -> None:
    store = open_store(demo_store)
    iris = {q.subject.value for q in store.quads() if isinstance(q.subject, ox.NamedNode)}
    kinds = {iri.removeprefix(BASE).partition("/")[0]: iri for iri in sorted(iris)}
    assert len(kinds) >= 10
    for iri in kinds.values():
        path = "/id/" + iri.removeprefix(BASE)
        page = demo.send(path, headers=BROWSER)
        assert (page.status, page.type, "<h1>" in page.text) == (200, "text/html", True)
        triples = {str(q.triple) for q in ox.parse(demo.send(path).body, format=ox.RdfFormat.TURTLE)}
        assert {str(q.triple) for q in store.quads(iri)} <= triples


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        (".ttl", "text/turtle"),
        (".jsonld", "application/ld+json"),
        (".nt", "application/n-triples"),
        (".rdf", "application/rdf+xml"),
        (".html", "text/html"),
        ("?format=jsonld", "application/ld+json"),
        ("?format=text/turtle", "text/turtle"),
    ],
)
def test_the_format_may_stand_in_the_address(demo: Server, ending: str, kind: str) -> None:
    assert demo.send("/id/method/h2o" + ending).type == kind


def test_json_ld_has_a_context_of_its_own_and_says_the_same(demo: Server) -> None:
    body = demo.send("/id/method/h2o", headers={"Accept": "application/ld+json"}).body
    assert "http" not in json.loads(body)["@context"]["method"].partition("w3id.org")[2]
    triples = {str(q.triple) for q in ox.parse(body, format=ox.RdfFormat.JSON_LD)}
    turtle = {str(q.triple) for q in ox.parse(demo.send("/id/method/h2o").body, format=ox.RdfFormat.TURTLE)}
    assert triples == turtle


def test_rdf_about_a_thing_names_its_neighbours(demo: Server) -> None:
    quads = list(ox.parse(demo.send("/id/method/h2o").body, format=ox.RdfFormat.TURTLE))
    labels = {q.object.value for q in quads if q.predicate.value == RDFS + "label"}
    assert {"H2O", "Keyformer"} <= labels


def test_what_the_graph_does_not_know_is_404(demo: Server) -> None:
    for path in ("/id/method/nothing", "/id/", "/id/method/h2o.gif", "/id/%00", "/id/%FF%20<>", "/id/../../etc/passwd"):
        assert demo.send(quote(path, safe="/%")).status == 404


def test_what_cannot_be_had_is_406(demo: Server) -> None:
    assert demo.send("/id/method/h2o", headers={"Accept": "image/png"}).status == 406
    assert demo.send("/id/method/h2o?format=gif").status == 406


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a small graph, one of whose notes has a Chinese name with a blank, and of hostile text."""
    from papergraph.rdf import to_quads

    quads = list(to_quads(small_graph()))
    bad, label = ox.NamedNode(BASE + "method/bad"), ox.NamedNode(RDFS + "label")
    quads.append(ox.Quad(bad, label, ox.Literal("<script>alert(1)</script>\"'&{{7*7}}")))
    see = ox.NamedNode("https://schema.org/sameAs")
    quads.append(ox.Quad(bad, see, ox.NamedNode("javascript:alert(1)")))
    quads.append(ox.Quad(bad, see, ox.NamedNode("https://example.org/a?b=<c>&d='".replace("<c>", "c"))))
    assert RUN
    with running(Settings(write_store(tmp_path_factory.mktemp("small") / "store", quads), workers=1)) as server:
        yield server


def test_addresses_may_be_encoded_more_or_less_than_the_iri(small: Server) -> None:
    iri = "手机/on device.md"
    for path in (quote(iri), quote(iri).replace("%E6", "%e6"), quote(iri, safe=""), quote(iri) + ".ttl"):
        assert small.send("/id/note/" + path).status == 200


def test_text_of_notes_stays_text_on_pages(small: Server) -> None:
    page = small.send("/id/method/bad", headers=BROWSER).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page
    assert 'href="javascript' not in page
    assert 'href="https://example.org/a?b=c&amp;d=&#39;"' in page


def test_text_of_notes_stays_text_in_answers(small: Server) -> None:
    page = small.ask("SELECT * { method:bad ?p ?o }", "text/html").text
    assert own_scripts(page)
    assert 'href="javascript' not in page
    assert 'href="/id/method/bad"' in small.ask("SELECT (method:bad AS ?x) {}", "text/html").text
    assert "&lt;script" in small.ask("CONSTRUCT WHERE { method:bad ?p ?o }", "text/html").text
    assert "<pre>true</pre>" in small.ask("ASK {}", "text/html").text


def own_scripts(page: str) -> bool:
    """Tell whether a page has the editor's two elements, the theme's script and no other."""
    return re.findall(r"<script[^>]*>", page) == [
        '<script src="/theme.js">',
        '<script type="application/json" id="terms">',
        '<script defer src="/editor.js">',
    ]
