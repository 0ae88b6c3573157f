"""What the server says about itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest

from papergraph.ask.named import read_queries
from papergraph.resources import read_resource
from papergraph.store import open_store
from tests.conftest import NOTES
from tests.serve.running import Server

SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
SH = "PREFIX sh: <http://www.w3.org/ns/shacl#> "


def _graph(body: bytes, form: ox.RdfFormat = ox.RdfFormat.TURTLE) -> ox.Store:
    store = ox.Store()
    store.load(body, format=form)
    return store


def _rows(body: bytes) -> list[dict[str, str]]:
    return [{k: v["value"] for k, v in row.items()} for row in json.loads(body)["results"]["bindings"]]


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_the_endpoint_describes_itself_under_the_address_that_was_used(demo: Server, path: str) -> None:
    response = demo.send(path)
    assert response.type == "text/turtle"
    graph = _graph(response.body)
    (quad,) = graph.quads_for_pattern(None, ox.NamedNode(SD + "endpoint"), ox.NamedNode(demo.origin + path))
    (kind,) = graph.quads_for_pattern(
        quad.subject, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), None
    )
    assert kind.object == ox.NamedNode(SD + "Service")
    supported = graph.quads_for_pattern(quad.subject, ox.NamedNode(SD + "supportedLanguage"), None)
    assert [q.object.value for q in supported] == [SD + "SPARQL11Query"]


@pytest.mark.parametrize("accept", ["application/rdf+xml", "application/ld+json", "application/n-triples"])
def test_descriptions_come_in_other_formats(demo: Server, accept: str) -> None:
    form = ox.RdfFormat.from_media_type(accept)
    assert form
    sizes = set()
    for path in ("/sparql", "/void", "/examples", "/ontology", "/shapes"):
        response = demo.send(path, headers={"Accept": accept})
        assert response.type == accept
        sizes.add(len(_graph(response.body, form)))
    assert min(sizes) > 10


def test_the_dataset_is_counted(demo: Server, demo_store: Path) -> None:
    graph, store = _graph(demo.send("/.well-known/void").body), open_store(demo_store)
    query = f"""PREFIX void: <{VOID}> SELECT ?triples ?documents ?methods {{
      ?d a void:Dataset ; void:triples ?triples ; void:documents ?documents ; void:classPartition ?part .
      ?part void:class <https://w3id.org/papergraph/ontology#Model> ; void:entities ?methods }}"""
    (row,) = cast("ox.QuerySolutions", graph.query(query))
    found = tuple(int(row[name].value) for name in ("triples", "documents", "methods"))
    notes = len(list(NOTES.glob("*.md")))
    assert found == (store.seal.quads, notes, dict(store.seal.entities)["Model"])


def test_editors_find_what_joins_which_classes(demo: Server) -> None:
    response = demo.ask(f"""PREFIX void: <{VOID}> PREFIX void-ext: <http://ldf.fi/void-ext#>
      SELECT DISTINCT ?class ?property ?to ?datatype {{
        ?cp void:class ?class ; void:propertyPartition ?pp . ?pp void:property ?property .
        OPTIONAL {{ ?pp void:classPartition [ void:class ?to ] }}
        OPTIONAL {{ ?pp void-ext:datatypePartition [ void-ext:datatype ?datatype ] }} }}""")
    rows = {tuple(v.rpartition("#")[2] for v in row.values()) for row in _rows(response.body)}
    assert ("Paper", "introduces", "Method") in rows
    assert ("Evidence", "line", "integer") in rows


@pytest.mark.slow
def test_editors_find_the_ready_made_queries_and_each_can_be_asked(demo: Server) -> None:
    query = (
        SH
        + """SELECT DISTINCT ?sq ?comment ?query {
      ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query
      FILTER(LANG(?comment) = 'en') }"""
    )
    rows = _rows(demo.ask(query).body)
    assert len(rows) == len(read_queries())
    for row in rows:
        assert demo.ask(row["query"]).status == 200
        # Other engines need every prefix declared.
        ox.Store().query(row["query"])


def test_editors_find_the_prefixes(demo: Server) -> None:
    rows = _rows(demo.ask(SH + "SELECT ?p ?n { [] sh:prefix ?p ; sh:namespace ?n }").body)
    assert {"p": "method", "n": "https://w3id.org/papergraph/id/method/"} in rows


def test_a_prefix_that_is_only_declared_changes_nothing(demo: Server) -> None:
    rows = _rows(demo.ask(SH + "SELECT ?l { method:h2o rdfs:label ?l } # sh:x").body)
    assert rows == [{"l": "H2O"}]


def test_the_ontology_is_served_as_it_was_written(demo: Server) -> None:
    assert demo.send("/ontology").text == read_resource("ontology/papergraph.ttl")
    assert demo.send("/shapes").text == read_resource("ontology/shapes.ttl")
    assert demo.send("/ontology", headers={"Accept": "image/png"}).status == 406


def test_people_get_a_page_to_ask_at_that_works_without_scripts(demo: Server) -> None:
    for path in ("/", "/sparql"):
        response = demo.send(path, headers={"Accept": "text/html,*/*;q=0.8"})
        assert (response.status, response.type) == (200, "text/html")
        assert '<form id="ask" action="/sparql" method="get">' in response.text
        assert '<textarea id="query" name="query"' in response.text
        links = re.findall(r'href="(/queries/[^"?]+)"', response.text)
        assert len(links) == len(read_queries())
        assert demo.send(links[0]).status == 200
    assert demo.send("/style.css").type == "text/css"
