"""Clients that people use."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any
from xml.dom.minidom import Document

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, POSTDIRECTLY, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.serve.running import Server

QUESTION = """PREFIX pg: <https://w3id.org/papergraph/ontology#>
PREFIX method: <https://w3id.org/papergraph/id/method/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?l WHERE { ?m pg:improvesOn method:h2o ; rdfs:label ?l }"""


def _wrapper(demo: Server, method: str, way: str, query: str = QUESTION) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(f"{demo.origin}/sparql")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setQuery(query)
    return wrapper


WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


@pytest.mark.parametrize("way", WAYS, ids="-".join)
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_tables(demo: Server, way: tuple[str, str], form: str) -> None:
    wrapper = _wrapper(demo, *way)
    wrapper.setReturnFormat(form)
    found: Any = wrapper.query().convert()
    if form == JSON:
        assert "Keyformer" in {row["l"]["value"] for row in found["results"]["bindings"]}
    elif form == XML:
        assert isinstance(found, Document)
        assert "Keyformer" in found.toxml()
    else:
        assert b"Keyformer" in found


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper makes one
@pytest.mark.parametrize("way", WAYS, ids="-".join)
@pytest.mark.parametrize("form", [XML, TURTLE, JSONLD])
def test_sparqlwrapper_reads_graphs(demo: Server, way: tuple[str, str], form: str) -> None:
    wrapper = _wrapper(demo, *way, QUESTION.replace("SELECT ?l", "CONSTRUCT { ?m rdfs:label ?l }"))
    wrapper.setReturnFormat(form)
    found: Any = wrapper.query().convert()
    assert b"Keyformer" in found if isinstance(found, bytes) else len(found) >= 5


def test_sparqlwrapper_tells_of_wrong_queries(demo: Server) -> None:
    with pytest.raises(QueryBadFormed, match="invalid SPARQL"):
        _wrapper(demo, GET, URLENCODED, "SELECT oops").query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_graph_as_its_own(demo: Server, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{demo.origin}/sparql", method=method))
    assert "Keyformer" in {str(row[0]) for row in graph.query(QUESTION)}  # type: ignore[index]
    pg = rdflib.Namespace("https://w3id.org/papergraph/ontology#")
    h2o = rdflib.URIRef("https://w3id.org/papergraph/id/method/h2o")
    assert len(list(graph.subjects(pg.improvesOn, h2o))) >= 5
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    made = graph.query("CONSTRUCT WHERE { ?s <https://w3id.org/papergraph/ontology#improvesOn> ?o }").graph
    assert made is not None
    assert len(made) > 20


def test_rdflib_asks_by_service(demo: Server) -> None:
    query = f"SELECT * {{ SERVICE <{demo.origin}/sparql> {{ ?m <https://w3id.org/papergraph/ontology#vendor> ?v }} }}"
    assert len(list(rdflib.Graph().query(query))) > 3


@pytest.mark.parametrize("way", [["-G"], []], ids=["GET", "POST"])
def test_curl_gets_json_unless_it_asks_for_more(demo: Server, way: list[str]) -> None:
    curl = shutil.which("curl")
    if not curl:
        pytest.skip("needs curl")
    asks = [curl, "-sf", *way, f"{demo.origin}/sparql", "--data-urlencode", f"query={QUESTION}"]
    found = json.loads(subprocess.run(asks, capture_output=True, check=True).stdout)
    assert "Keyformer" in {row["l"]["value"] for row in found["results"]["bindings"]}
    table = subprocess.run([*asks, "-H", "Accept: text/csv"], capture_output=True, check=True).stdout
    assert b"\r\nKeyformer\r\n" in table


def test_rdflib_reads_entities_and_the_ontology_by_their_addresses(demo: Server) -> None:
    for path in ("/id/method/h2o", "/ontology", "/void", "/sparql", "/examples"):
        assert len(rdflib.Graph().parse(f"{demo.origin}{path}")) > 5


@pytest.mark.slow
@pytest.mark.parametrize("source", ["sparql@{}/sparql", "{}/sparql", "{}/id/method/h2o"])
def test_comunica_finds_its_way(demo: Server, source: str) -> None:
    comunica = shutil.which("comunica-sparql")
    if not comunica:
        pytest.skip("needs comunica-sparql (npm, @comunica/query-sparql@4) on the path")
    asks = [comunica, source.format(demo.origin), QUESTION, "-t", "text/csv"]
    assert b"Keyformer" in subprocess.run(asks, capture_output=True, check=True).stdout
