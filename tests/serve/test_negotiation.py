from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.serve.negotiation import HTML, SOLUTIONS, TRIPLES, choose_format, format_named

#: What real clients send, and what they should get.
CLIENTS = {
    "": "json",
    "*/*": "json",
    "application/sparql-results+json,application/json,text/javascript,application/javascript": "json",
    "application/sparql-results+xml, application/rdf+xml": "xml",
    "application/sparql-results+json,*/*;q=0.9": "json",
    "text/csv": "csv",
    "text/plain": "csv",
    "text/tab-separated-values;charset=utf-8": "tsv",
    "application/sparql-results+json;q=0.5, application/sparql-results+xml;q=0.9": "xml",
    "application/xml": "xml",
    "text/*": "csv",
    "image/png, application/*;q=0.2": "json",
    "*/*;q=0.1, text/csv": "csv",
    "text/csv;q=nonsense": "csv",
    "TEXT/CSV": "csv",
    "*": "json",
    "nonsense": "json",
    "application/sparql-results+json;q=0, */*": "xml",
}


@pytest.mark.parametrize("accept", CLIENTS)
def test_tables_come_as_clients_like_them(accept: str) -> None:
    form = choose_format(accept, SOLUTIONS)
    assert form
    assert form.name == CLIENTS[accept]


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "turtle"),
        ("application/turtle,text/turtle", "turtle"),
        ("text/turtle,application/rdf+xml,application/n-triples", "turtle"),
        ("application/sparql-results+xml, application/rdf+xml", "rdfxml"),
        ("application/ld+json", "jsonld"),
        ("application/json", "jsonld"),
        ("application/n-quads", "nquads"),
    ],
)
def test_triples_come_as_clients_like_them(accept: str, name: str) -> None:
    form = choose_format(accept, TRIPLES)
    assert form
    assert form.name == name


def test_a_browser_gets_a_page() -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert choose_format(accept, (*SOLUTIONS, HTML)) == HTML
    assert choose_format("*/*", (*SOLUTIONS, HTML)) == SOLUTIONS[0]


def test_what_cannot_be_had_is_not_had() -> None:
    assert choose_format("image/png", SOLUTIONS) is None
    assert choose_format("*/*;q=0", SOLUTIONS) is None
    assert choose_format("text/turtle", SOLUTIONS) is None


def test_forms_have_names() -> None:
    for name in ("csv", "CSV ", "text/csv"):
        assert format_named(name, SOLUTIONS) == SOLUTIONS[2]
    assert format_named("gif", SOLUTIONS) is None


@given(st.text(st.sampled_from("ab*/;,q=0.1 +-ÿ"), max_size=40))
def test_any_header_can_be_read(accept: str) -> None:
    choose_format(accept, (*SOLUTIONS, *TRIPLES, HTML))
