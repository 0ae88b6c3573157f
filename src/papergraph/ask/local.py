"""A graph in the folder of a store, which can be asked under limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.ask.limits import Limits, own_limits
from papergraph.ask.memory import Opened
from papergraph.store import GraphStore, open_store

if TYPE_CHECKING:
    from papergraph.ask.answer import Answer
    from papergraph.ask.named import NamedQuery


class StoredGraph(Opened):
    """A graph in the folder of a store, opened with the first question; queries with limits run in a worker process."""

    def __init__(self, folder: Path, *, ruled: bool = False) -> None:
        self.folder = folder
        self._ruled = ruled
        """Whether what only a language model says is left out."""

    def open(self) -> None:
        """Open the store now; raises StoreError as `store`."""
        self.store  # noqa: B018  opened by being looked at

    @cached_property
    def store(self) -> GraphStore:
        """The open store; raises StoreError if there is none, or it is damaged."""
        opened = open_store(self.folder)
        return opened.without_model() if self._ruled else opened

    def without_model(self) -> StoredGraph:
        """Return the graph without what only a language model says, opened with the first question."""
        return StoredGraph(self.folder, ruled=True)

    def limits(self, *, seconds: float | None = None, megabytes: int | None = None, rows: int | None = None) -> Limits:
        """Return limits, which a worker process keeps."""
        return own_limits(seconds=seconds, megabytes=megabytes, rows=rows)

    def ask(self, sparql: str, *, limits: Limits | None = None) -> Answer:
        """Return the answer to SPARQL, in this process, or with limits in one of its own."""
        if limits is None:
            from papergraph.ask.query import ask

            return ask(self.store, sparql)
        from papergraph.ask.worker import ask_for_answer

        return ask_for_answer(self.folder, sparql, self.base, limits, ruled=self._ruled)

    def answer(self, query: NamedQuery, given: Mapping[str, str], form: str, *, limits: Limits, width: int = 0) -> str:
        """Return the answer to a query with parameters as text, from a process that is stopped when it is over."""
        from papergraph.ask.worker import Task, ask_worker

        task = Task(query.text, form, form, width, limits=limits, name=query.name, given=tuple(given.items()))
        return ask_worker(self.folder, replace(task, ruled=self._ruled)).body.decode()
