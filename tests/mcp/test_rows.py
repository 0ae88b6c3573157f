"""The rows of a query as items with evidence."""

from __future__ import annotations

import pytest

from papergraph.ask.query import ask
from papergraph.mcp.answers.rows import row_items
from papergraph.mcp.answers.sentences import with_sentences
from papergraph.store import memory_store
from tests import graphs

STORE = memory_store(graphs.small_graph(), graphs.RUN)
_EVIDENCE = "?st rdf:subject/rdfs:label ?subject ; pg:hasEvidence ?e . ?e pg:sentence ?sentence ; pg:line ?line ; "
_PLACE = 'BIND(CONCAT(?note, ":", STR(?line)) AS ?place)'


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?subject ?note ?line ?sentence {{ {_EVIDENCE} pg:inNote/dcterms:identifier ?note }}",
        f"SELECT ?subject ?place ?sentence {{ {_EVIDENCE} pg:inNote/dcterms:identifier ?note {_PLACE} }}",
    ],
)
def test_a_row_with_a_sentence_and_its_place_has_evidence(query: str) -> None:
    items = row_items(ask(STORE, query))
    assert items
    for item in items:
        (quote,) = item.quotes
        assert (bool(quote.note), quote.line > 0, bool(quote.sentence)) == (True, True, True)
        assert set(item.row) == {"subject"}


def test_a_row_without_a_sentence_gets_that_of_the_claim_about_what_is_asked() -> None:
    query = f"SELECT ?label {{ ?x pg:buildsOn <{graphs.H2O}> ; rdfs:label ?label }}"
    items = row_items(ask(STORE, query))
    assert items
    assert not any(item.quotes for item in items)
    quoted = with_sentences(STORE, items, [graphs.H2O])
    assert [item.row for item in quoted] == [item.row for item in items]
    assert all(item.quotes and item.sentences for item in quoted)
    assert with_sentences(STORE, items, []) == items
