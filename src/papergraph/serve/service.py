"""What all requests share: the workers, the open graph, and what was once computed about it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import anyio
import anyio.to_thread
from starlette.types import Receive

from papergraph.ask.named import NamedQuery, read_queries
from papergraph.ask.opening import open_stored
from papergraph.ask.worker import Reply, Task, Ticket, WorkerPool
from papergraph.serve.patrol import Patrol
from papergraph.serve.settings import Settings
from papergraph.store import GraphStore, current_generation

_T = TypeVar("_T")
#: Requests that wait for their turn with the workers; more are turned away at once.
_MOST_WAITING = 32


class Service:
    """The parts of a running server; follows the store when a build makes a new generation."""

    def __init__(self, settings: Settings) -> None:
        """Open the store and start the workers.

        Raises:
            StoreError: if there is no store, or it cannot be opened.
        """
        self.settings = settings
        self._lock = threading.Lock()
        self._name, self._graph = current_generation(settings.store), open_stored(settings.store).store
        self._known: dict[str, object] = {}
        self._making: dict[str, threading.RLock] = {}
        self.lasting: dict[str, str] = {}
        """What is known from one generation to the next."""
        self._patrol = Patrol(settings.store)
        self._pool = WorkerPool(settings.store, settings.limits, size=settings.workers)
        self._threads = anyio.CapacityLimiter(settings.workers + _MOST_WAITING)

    def graph(self) -> GraphStore:
        """Return the current generation, open.

        Raises:
            StoreError: if it cannot be opened, or was found damaged.
        """
        name = self._sound()
        with self._lock:
            if name != self._name:
                self._name, self._graph = name, open_stored(self.settings.store).store
                self._known = {}  # what is still being made of the last one is put with that
            return self._graph

    async def ask(self, task: Task, receive: Receive) -> Reply:
        """Return what became of the task, in a worker; it is stopped if `receive` reports that the client is gone.

        Raises:
            StoreError: if the graph was found damaged.
        """
        self._sound()
        if self._threads.available_tokens < 1:
            return Reply("busy", "too many queries are waiting; try again in a moment")
        limited, ticket = replace(task, limits=self.settings.limits), Ticket()
        async with anyio.create_task_group() as group:
            group.start_soon(_watch, receive, ticket)
            reply = await anyio.to_thread.run_sync(self._pool.run, limited, ticket, limiter=self._threads)
            group.cancel_scope.cancel()
        return reply

    def run(self, task: Task) -> Reply:
        """Return what became of the task, in a worker, to a caller in a thread of its own.

        Raises:
            StoreError: if the graph was found damaged.
        """
        self._sound()
        return self._pool.run(replace(task, limits=self.settings.limits))

    async def ask_at_length(self, query: str, seconds: float) -> Reply:
        """Return the answer to a query of the server itself, which may take more time than untrusted queries."""
        limits = replace(self.settings.limits, seconds=seconds)
        return await anyio.to_thread.run_sync(self._pool.run, Task(query, limits=limits), limiter=self._threads)

    def remember(self, key: str, make: Callable[[], _T], of: GraphStore | None = None) -> _T:
        """Return what `make` returns, made once for each generation, whoever asks for it meanwhile.

        `of` is the graph from which it is made, if `make` does not ask for the current one itself; what is made of an
        older one is not kept.
        """
        self.graph()
        with self._lock:
            is_current = of is None or of is self._graph
            known, making = self._known, self._making.setdefault(key, threading.RLock())
        if not is_current:
            return make()
        with making:
            if key not in known:
                known[key] = make()
            return known[key]  # type: ignore[return-value]

    def queries(self, problems: list[str] | None = None) -> tuple[NamedQuery, ...]:
        """Return the ready-made queries, the user's as their files now are; what is wrong goes to `problems`."""
        return read_queries(self.settings.queries, [] if problems is None else problems)

    def close(self) -> None:
        """End the workers."""
        self._patrol.end()
        self._pool.close()

    def _sound(self) -> str:
        """Return the name of the current generation; raises StoreError if it was found damaged."""
        name = current_generation(self.settings.store)
        self._patrol.check(name)
        return name


async def _watch(receive: Receive, ticket: Ticket) -> None:
    """Give the ticket up when the client goes."""
    while (await receive())["type"] != "http.disconnect":
        pass
    ticket.give_up()
