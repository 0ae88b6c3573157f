"""The rows of a query as items with evidence."""

from __future__ import annotations

import pytest

from papergraph.ask.query import ask
from papergraph.mcp.answers.rows import row_items
from papergraph.store import memory_store
from tests import graphs

STORE = memory_store(graphs.small_graph(), graphs.RUN)
_EVIDENCE = "?st rdf:subject/rdfs:label ?subject ; pg:hasEvidence ?e . ?e pg:sentence ?sentence ; pg:line ?line ; "


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?subject ?note ?line ?sentence {{ {_EVIDENCE} pg:inNote/dcterms:identifier ?note }}",
        f"SELECT ?subject ?place ?sentence {{ {_EVIDENCE} pg:inNote/dcterms:identifier ?note "
        'BIND(CONCAT(?note, ":", STR(?line)) AS ?place) }',
    ],
)
def test_a_row_with_a_sentence_and_its_place_has_evidence(query: str) -> None:
    items = row_items(ask(STORE, query))
    assert items
    for item in items:
        (quote,) = item.quotes
        assert (bool(quote.note), quote.line > 0, bool(quote.sentence)) == (True, True, True)
        assert set(item.row) == {"subject"}
