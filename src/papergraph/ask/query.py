"""SPARQL over an open store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox

from papergraph.ask.answer import Answer, read_answer, stream_answer
from papergraph.ask.guard import check_query, names_graphs
from papergraph.ask.limits import MOST_ROWS
from papergraph.ask.syntax import explain_syntax
from papergraph.errors import QueryError
from papergraph.store import Dataset, GraphStore


def ask(
    store: GraphStore,
    sparql: str,
    *,
    dataset: Dataset | None = None,
    base: str | None = None,
    most_rows: int = MOST_ROWS,
) -> Answer:
    """Run `sparql` and return its answer; our prefixes need no declaration, relative IRIs are relative to `base`.

    It sees the graphs of `dataset`, else those that it names by FROM, else the union of all.

    Raises:
        QueryError: for SPARQL that is wrong (with line, column and a caret), too large, too deep, or asks the network.
        LimitError: for an answer of more than `most_rows` rows.
    """
    with _query_errors(store, sparql, base):
        return read_answer(_run(store, sparql, dataset, base), store.seal.base, most_rows=most_rows)


def ask_for_text(store: GraphStore, sparql: str, form: str, *, most_bytes: int) -> bytes | None:
    """Run a SELECT and return its rows in one of `STREAMED`, however many they are; None for other queries.

    Raises:
        QueryError: as `ask`.
        LimitError: for an answer of more than `most_bytes`.
    """
    with _query_errors(store, sparql, None):
        result = _run(store, sparql)
        return stream_answer(result, form, most_bytes=most_bytes) if isinstance(result, ox.QuerySolutions) else None


def _run(store: GraphStore, sparql: str, dataset: Dataset | None = None, base: str | None = None) -> Any:
    check_query(sparql)
    return store.query(sparql, union=not names_graphs(sparql), dataset=dataset, base=base)


@contextmanager
def _query_errors(store: GraphStore, sparql: str, base: str | None) -> Iterator[None]:
    """Raise QueryError for errors in the query, also while its solutions are read lazily."""
    try:
        yield
    except QueryError as error:
        if isinstance(error.__cause__, SyntaxError):
            raise QueryError(explain_syntax(store, sparql, base)) from error
        raise
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error
