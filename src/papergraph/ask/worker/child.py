"""The worker process: opens the store, locks itself in, answers one task at a time until its pipe is closed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from papergraph.ask.answer import RDF_FORMATS, STREAMED, Answer, render_answer, render_triples
from papergraph.ask.limits import MOST_ROWS
from papergraph.ask.named import parse_query
from papergraph.ask.parameters import fill_parameters
from papergraph.ask.query import ask, ask_for_text
from papergraph.ask.worker.messages import Reply, Task, pack, pack_reply, task_from_record, unpack
from papergraph.errors import LimitError, QueryError, StoreError, UnknownNameError
from papergraph.store import Dataset, GraphStore, current_generation, open_store
from papergraph.system import confine

_TRIES = 5
#: What every worker does once while it still may read files: whatever is imported late is imported then.
_WARM_UP = (
    "SELECT (1 AS ?a) ('b'@en AS ?b) {}",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1",
    "SELECT ?s { VALUES ?s { 'a' } FILTER REGEX(?s, '^x', 'i') }",
)


def main() -> None:
    """Serve tasks from standard input until it is closed."""
    incoming, outgoing = _own_pipes()
    live(Path(sys.argv[1]), int(sys.argv[2]), incoming, outgoing)


def live(folder: Path, megabytes: int, incoming: int, outgoing: int, *, forms: Sequence[str] = ()) -> None:
    """Open the store, give up what no query needs, and serve tasks; in `forms` only, if any are named."""
    confine.keep_memory_together()
    confine.leave_network()
    try:
        name, store = _open(folder)
        if store.has_proposals():  # a query may leave them out, when no file can be opened any more
            import_module("papergraph.store.ruled")
    except StoreError as error:
        _write(outgoing, pack({"error": str(error)}))
        return
    _warm_up(store, forms)
    confine.end_with_owner(incoming)
    gauge = confine.open_gauge()
    before, allowed = confine.address_space(gauge), megabytes * 1_000_000
    confine.limit_memory(before + allowed)
    confine.close_files(folder / "generations" / name / "graph")
    _write(outgoing, pack({"generation": name}))
    # What a large answer leaves behind in pieces is not there for the next.
    serve(store, incoming, outgoing, swollen=lambda: confine.address_space(gauge) > before + allowed // 2)


def _own_pipes() -> tuple[int, int]:
    """Return the pipes under other numbers: nothing that prints may get into a message."""
    incoming, outgoing = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return incoming, outgoing


def _open(folder: Path) -> tuple[str, GraphStore]:
    """Return the current generation's name and the open store; a build may swap it in between."""
    for _ in range(_TRIES):
        name = current_generation(folder)
        store = open_store(folder)
        if name == current_generation(folder):
            return name, store
    raise StoreError(f"{folder}: its current generation keeps changing; try again when no build is running")


def _warm_up(store: GraphStore, forms: Sequence[str]) -> None:
    for query in _WARM_UP:
        for solutions in forms or ("json", "xml", "csv", "tsv"):
            for triples in forms or RDF_FORMATS:
                _answer(store, Task(query, solutions, triples))
    _answer(store, Task("SELECT * { oops"))


def serve(store: GraphStore, incoming: int, outgoing: int, *, swollen: Callable[[], bool]) -> None:
    """Answer tasks from one pipe into another until the first is closed."""

    def read(size: int) -> bytes:
        parts = []
        while size:
            part = os.read(incoming, min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    while True:
        try:
            record, _ = unpack(read)
        except EOFError:
            return
        task = task_from_record(record)
        confine.limit_seconds(task.limits.seconds)
        reply = _answer(store, task)
        _write(outgoing, pack_reply(replace(reply, swollen=reply.swollen or swollen())))


def _write(outgoing: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(outgoing, view) :]


def _answer(store: GraphStore, task: Task) -> Reply:
    dataset = Dataset(*task.graphs) if task.graphs else None
    limits = task.limits
    try:
        source = store.with_triples(task.instead) if task.instead else store.without_model() if task.ruled else store
        sparql = (
            fill_parameters(source, parse_query(task.name, task.query), dict(task.given)) if task.name else task.query
        )
        if task.solutions in STREAMED and not limits.rows:
            text = ask_for_text(source, sparql, task.solutions, most_bytes=limits.answer_bytes)
            if text is not None:
                return Reply("ok", kind="select", form=task.solutions, body=text)
        answer = ask(source, sparql, dataset=dataset, base=task.base, most_rows=limits.rows or MOST_ROWS)
        return _written(answer, task)
    except LimitError as error:
        return Reply("large", str(error))
    except (QueryError, StoreError, UnknownNameError) as error:
        return Reply("wrong", str(error))
    except MemoryError:
        return Reply("memory", swollen=True)


def _written(answer: Answer, task: Task) -> Reply:
    form = task.triples if answer.kind == "construct" else task.solutions
    if not form:
        return Reply("unacceptable", kind=answer.kind)
    if answer.kind == "construct" and form in RDF_FORMATS:
        body = render_triples(answer, form).encode()
    else:
        body = render_answer(answer, form, width=task.width).encode()
    if len(body) > (most := task.limits.answer_bytes):
        raise LimitError(f"the answer has {len(body):,} bytes; at most {most:,} are allowed: narrow the query")
    return Reply("ok", kind=answer.kind, form=form, body=body)


if __name__ == "__main__":
    main()
