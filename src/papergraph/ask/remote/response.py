"""What servers answer, read into terms; what is nested too deep for the engine's parsers never reaches them."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox

from papergraph.ask.answer import Answer, read_answer
from papergraph.ask.limits import MOST_ROWS
from papergraph.errors import EndpointError
from papergraph.text.terminal import printable, shorten

#: Triples in triples: the graph has none, and the parser dies of some thousands.
_MOST_NESTED = 100
#: Virtuoso 7 answers ASK with a table of one number.
_VIRTUOSO_TRUTH = ("__ASK_RETVAL",)
_FORMATS = {"application/n-triples": ox.RdfFormat.N_TRIPLES, "text/plain": ox.RdfFormat.N_TRIPLES}


def read_reply(data: bytes, kind: str, base: str = "", *, most_rows: int = MOST_ROWS) -> Answer:
    """Return the answer that a server sent as `kind`: its JSON of solutions, or triples.

    Raises:
        EndpointError: for what is neither, or is nested too deep.
        LimitError: for more than `most_rows` rows.
    """
    try:
        results = _solutions(data) if "json" in kind else _constructed(data, kind)
        answer = read_answer(results, base, most_rows=most_rows)
    except RecursionError as error:
        raise EndpointError("the answer is nested too deeply") from error
    except (SyntaxError, ValueError) as error:
        said = shorten(printable(str(error)), 300)
        raise EndpointError(f"the response ({shorten(printable(kind), 80)}) is not a SPARQL result: {said}") from error
    if answer.variables == _VIRTUOSO_TRUTH:
        return Answer("ask", truth=any(row[0].value != "0" for row in answer.rows), base=base)
    return answer


def _solutions(data: bytes) -> Any:
    json.loads(data)  # goes as deep as Python allows, and says so
    return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)


def _constructed(data: bytes, kind: str) -> Any:
    """Return triples as the engine returns those of a CONSTRUCT."""
    form = _FORMATS.get(kind, ox.RdfFormat.TURTLE)
    # In N-Triples a line is a triple, whatever stands in its text; in Turtle they may have any shape.
    parts = data.splitlines() if form == ox.RdfFormat.N_TRIPLES else [data]
    if data.count(b"<<") > _MOST_NESTED and any(part.count(b"<<") > _MOST_NESTED for part in parts):
        raise RecursionError
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in ox.parse(data, format=form))
    return store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
