"""The endpoint: what clients may send, and what they get."""

from __future__ import annotations

import json
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from papergraph.serve.protocol import MOST_BODY_BYTES
from tests.serve.running import Server

QUESTION = "SELECT ?l { ?m pg:improvesOn method:h2o ; rdfs:label ?l } ORDER BY ?l"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


def _labels(body: bytes) -> list[str]:
    return [row["l"]["value"] for row in json.loads(body)["results"]["bindings"]]


def test_a_query_may_come_in_three_ways(demo: Server) -> None:
    direct = {"Content-Type": "application/sparql-query; charset=UTF-8"}
    answers = [
        demo.send("/sparql?query=" + quote(QUESTION)),
        demo.ask(QUESTION),
        demo.send("/sparql", "POST", QUESTION.encode(), direct),
        demo.send("/sparql/?", "POST", QUESTION.encode(), direct),
    ]
    assert {a.status for a in answers} == {200}
    assert {a.type for a in answers} == {JSON}
    assert len({a.body for a in answers}) == 1
    assert "Keyformer" in _labels(answers[0].body)


def test_fields_that_mean_nothing_are_ignored(demo: Server) -> None:
    fields = "&format=json&output=json&results=json&timeout=0&version=1.2&default-graph-uri=&named-graph-uri="
    assert "Keyformer" in _labels(demo.send("/sparql?query=" + quote(QUESTION) + fields).body)


@pytest.mark.parametrize(
    ("accept", "kind", "word"),
    [
        (JSON, JSON, b'"value": "Keyformer"'),
        (XML, XML, b'<literal xml:lang="en">Keyformer</literal>'),
        ("text/csv", "text/csv", b"\r\nKeyformer\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values", b'\n"Keyformer"@en\n'),
        ("text/html", "text/html", b"<td><span"),
    ],
)
def test_a_table_comes_in_every_format(demo: Server, accept: str, kind: str, word: bytes) -> None:
    response = demo.ask(QUESTION, accept)
    assert (response.status, response.type, word in response.body) == (200, kind, True)
    assert response.headers["vary"].startswith("Accept")


@pytest.mark.parametrize(
    "accept",
    [
        *("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"),
        *("application/trig", "application/n-quads"),
    ],
)
def test_triples_come_in_every_format(demo: Server, accept: str) -> None:
    response = demo.ask("CONSTRUCT WHERE { ?m pg:improvesOn ?o }", accept)
    assert response.type == accept
    form = ox.RdfFormat.from_media_type(accept)
    assert form
    assert len(list(ox.parse(response.body, format=form))) > 20


def test_a_format_can_be_wished_for_in_the_address(demo: Server) -> None:
    browser = {"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"}
    path = "/sparql?query=" + quote(QUESTION)
    assert demo.send(path + "&format=csv", headers=browser).type == "text/csv"
    assert demo.send(path + "&format=csv").type == "text/csv"
    assert demo.send(path + "&format=csv", headers={"Accept": JSON}).type == JSON
    assert demo.send(path + "&format=gif", headers=browser).type == "text/html"


def test_truth_has_a_value_in_every_format(demo: Server) -> None:
    assert json.loads(demo.ask("ASK { ?s ?p ?o }", JSON).body)["boolean"] is True
    assert b"<boolean>true</boolean>" in demo.ask("ASK {}", XML).body
    assert demo.ask("ASK { ?s pg:nothing ?o }", "text/csv").body == b"false\n"


def test_what_cannot_be_had_is_406_with_what_can(demo: Server) -> None:
    for query in (QUESTION, "CONSTRUCT WHERE { ?s ?p ?o }"):
        assert demo.ask(query, "image/png").status == 406
    response = demo.ask(QUESTION, "text/turtle")
    assert (response.status, "text/csv" in response.text) == (406, True)
    assert "text/turtle" in demo.ask("DESCRIBE method:h2o", "text/csv").text


def test_a_wrong_query_is_told_where(demo: Server) -> None:
    response = demo.ask("SELECT ?x {\n ?x rdfs:label '缓存' oops }")
    assert (response.status, response.type) == (400, "text/plain")
    assert "line 2, column 21: unexpected 'oops'" in response.text


def test_a_query_chooses_its_graphs(demo: Server) -> None:
    note = "https://w3id.org/papergraph/id/note/kv-cache.md"
    count = "SELECT (COUNT(*) AS ?l) { ?s ?p ?o }"
    everything = int(_labels(demo.ask(count).body)[0])
    of_note = int(_labels(demo.ask(count, **{"default-graph-uri": note}).body)[0])
    assert 0 < of_note < everything
    assert int(_labels(demo.ask(count.replace("{ ?s", f"FROM <{note}> {{ ?s")).body)[0]) == of_note
    assert _labels(demo.ask(count, **{"named-graph-uri": note}).body) == ["0"]
    assert _labels(demo.ask("SELECT DISTINCT ?l { GRAPH ?l {?s ?p ?o} }", **{"named-graph-uri": note}).body) == [note]
    assert demo.ask(count, **{"default-graph-uri": "no iri"}).status == 400


def test_names_may_be_chinese(demo: Server) -> None:
    query = "SELECT ?l { ?s skos:prefLabel|skos:altLabel '斯坦福大学'@zh ; rdfs:label ?l }"
    for response in (demo.ask(query), demo.send("/sparql?query=" + quote(query))):
        assert "Stanford University" in _labels(response.body)
    back = demo.ask("SELECT ('中文' AS ?l) {}", "text/csv")
    assert (back.text, back.headers["content-type"]) == ("l\r\n中文\r\n", "text/csv; charset=utf-8")


WRONG = {
    "no query in a form": ("POST", "/sparql", b"", "application/x-www-form-urlencoded", 400),
    "graphs without a query": ("GET", "/sparql?default-graph-uri=urn:a", None, "", 400),
    "two queries": ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, "", 400),
    "another type": ("POST", "/sparql", b"ASK {}", "text/plain", 415),
    "several parts": ("POST", "/sparql", b"--x", "multipart/form-data; boundary=x", 415),
    "another charset": ("POST", "/sparql", "ASK {}".encode("utf-16"), "application/sparql-query; charset=utf-16", 415),
    "no UTF-8": ("POST", "/sparql", b"ASK {} # \xff", "application/sparql-query", 400),
    "no UTF-8 in the address": ("GET", "/sparql?query=%FF", None, "", 400),
    "no ASCII in a form": ("POST", "/sparql", b"query=\xe4", "application/x-www-form-urlencoded", 400),
    "too many fields": ("GET", "/sparql?query=ASK%7B%7D" + "&a=1" * 600, None, "", 400),
    "an update": ("POST", "/sparql", b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 403),
    "an update in the address": ("GET", "/sparql?update=CLEAR%20ALL", None, "", 403),
    "an update as itself": ("POST", "/sparql", b"CLEAR ALL", "application/sparql-update", 403),
    "an update as a query": ("POST", "/sparql", b"CLEAR ALL", "application/sparql-query", 400),
    "a large body": ("POST", "/sparql", b"#" * (MOST_BODY_BYTES + 1), "application/sparql-query", 413),
    "a large query": ("POST", "/sparql", b"ASK {} #" + b"x" * 70_000, "application/sparql-query", 400),
    "another method": ("PUT", "/sparql?query=ASK%7B%7D", b"", "", 405),
    "another place": ("GET", "/nowhere", None, "", 404),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_faults_of_clients_are_told_as_theirs(demo: Server, name: str) -> None:
    method, path, body, kind, status = WRONG[name]
    response = demo.send(path, method, body, {"Content-Type": kind} if kind else {})
    assert (response.status, bool(response.body)) == (status, True)


def test_a_query_in_the_address_of_a_post_without_body_is_taken(demo: Server) -> None:
    assert demo.send("/sparql?query=ASK%7B%7D", "POST").status == 200


def test_a_large_query_may_come_in_an_address(demo: Server) -> None:
    query = QUESTION + " #" + "中" * 5000
    assert demo.send("/sparql?query=" + quote(query)).status == 200


def test_only_the_head_of_an_answer_can_be_had(demo: Server) -> None:
    response = demo.send("/sparql?query=" + quote(QUESTION), "HEAD")
    assert (response.status, response.type, response.body) == (200, JSON, b"")


def test_control_characters_do_not_break_xml(demo: Server) -> None:
    query = "SELECT ('a\\u0001b' AS ?l) {}"
    assert "a\ufffdb" in demo.ask(query, XML).text
    assert _labels(demo.ask(query).body) == ["a\x01b"]
