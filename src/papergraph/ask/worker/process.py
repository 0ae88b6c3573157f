"""A worker process as its owner sees it."""

from __future__ import annotations

import contextlib
import math
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from papergraph.ask.answer import Answer, read_answer
from papergraph.ask.limits import Limits
from papergraph.ask.worker.copy import Copy, can_copy
from papergraph.ask.worker.messages import Reply, Task, pack_task, reply_from_record, unpack
from papergraph.errors import LimitError, QueryError, StoreError
from papergraph.system import posix

if TYPE_CHECKING:
    import subprocess

#: A worker is ready after a fifth of a second; a busy machine may take its time.
_START_SECONDS = 30.0
_PIECE = 1 << 20


class Worker:
    """A process that holds the store of `folder` open and answers one task at a time."""

    def __init__(self, folder: Path, limits: Limits, process: Any = None) -> None:
        """Start the process, unless one that was started is given, and wait until it is ready.

        Raises:
            StoreError: if there is no store, or it cannot be opened; if the system cannot confine processes.
        """
        if lacking := posix.missing():
            raise StoreError(f"{folder}: no process can be confined to answer queries: {lacking}")
        self._limits = limits
        self._process = process or _start(folder, limits)
        try:
            record, _ = unpack(self._reader(time.monotonic() + _START_SECONDS))
        except (EOFError, TimeoutError) as error:
            self.close()
            raise StoreError(
                f"{folder}: no worker process could open the graph; check that there is enough memory"
            ) from error
        except BaseException:  # somebody is in a hurry: Ctrl-C
            self.close()
            raise
        if "error" in record:
            self.close()
            raise StoreError(record["error"])
        self.generation: str = record["generation"]
        """Name of the generation of the store that it has open."""

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return bool(self._process.poll() is None)

    def run(self, task: Task) -> Reply:
        """Return what became of the task; always within its time limit and a moment."""
        deadline = time.monotonic() + task.limits.seconds
        try:
            self._send(pack_task(task))
            reply = reply_from_record(*unpack(self._reader(deadline)))
        except TimeoutError:
            self.close()
            return Reply(
                "time", f"the query was stopped after {task.limits.seconds:g} s: narrow the query or add a LIMIT"
            )
        except (EOFError, OSError, ValueError):
            self.close()
            return self._obituary()
        if reply.status == "memory":
            return replace(reply, message=self._out_of_memory())
        return reply

    def _send(self, data: bytes) -> None:
        if self._process.stdin is None:
            raise EOFError
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def _reader(self, deadline: float) -> Callable[[int], bytes]:
        """Return a function that reads exactly so many bytes; it raises TimeoutError and EOFError."""
        if self._process.stdout is None:
            raise EOFError
        pipe = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(pipe, select.POLLIN)

        def read(size: int) -> bytes:
            parts = []
            while size:
                left = deadline - time.monotonic()
                if left <= 0 or not poll.poll(None if math.isinf(left) else math.ceil(left * 1000)):
                    raise TimeoutError
                part = os.read(pipe, min(size, _PIECE))
                if not part:
                    raise EOFError
                parts.append(part)
                size -= len(part)
            return b"".join(parts)

        return read

    def _obituary(self) -> Reply:
        """Return why the process crashed: a failed allocation aborts, deep recursion is a segmentation fault."""
        if self._process.returncode in {-signal.SIGABRT, -signal.SIGKILL, -signal.SIGBUS}:
            return Reply("memory", self._out_of_memory())
        return Reply("crash", "the query crashed the query engine: rewrite it")

    def _out_of_memory(self) -> str:
        return f"the query needed more than {self._limits.megabytes:,} MB of memory: narrow the query or add a LIMIT"

    def kill(self) -> None:
        """Stop the current task; the caller that waits for the reply gets one."""
        self._process.kill()

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what it did not read goes nowhere
                    pipe.close()


def _start(folder: Path, limits: Limits) -> subprocess.Popen[bytes]:
    import subprocess

    return subprocess.Popen(  # noqa: S603  our own program
        # -P: a file json.py among somebody's notes must not be taken for Python's own.
        [sys.executable, "-P", "-m", "papergraph.ask.worker.child", str(folder), str(limits.megabytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the engine logs its crash there
        env={**os.environ, "MALLOC_ARENA_MAX": "1"},  # arenas that nobody uses would count as memory
    )


def ask_worker(folder: Path, task: Task) -> Reply:
    """Return the answer to one task, from a worker of its own.

    Raises:
        QueryError: if the query is wrong.
        LimitError: if it is over a limit; `status` says over which.
        StoreError: if the store cannot be opened.
    """
    worker = Worker(folder, task.limits, _copy(folder, task) if can_copy() else None)
    try:
        reply = worker.run(task)
    finally:
        worker.close()
    if reply.status == "ok":
        return reply
    raise QueryError(reply.message) if reply.status == "wrong" else LimitError(reply.message, reply.status)


def _copy(folder: Path, task: Task) -> Copy:
    from papergraph.ask.worker.child import live

    forms = sorted({task.solutions, task.triples} - {""})
    return Copy(lambda incoming, outgoing: live(folder, task.limits.megabytes, incoming, outgoing, forms=forms))


def ask_for_answer(folder: Path, sparql: str, base: str, limits: Limits, *, ruled: bool = False) -> Answer:
    """Return the answer to a query as terms, from a worker of its own; raises what `ask_worker` does."""
    return answer_of(ask_worker(folder, Task(sparql, "json", "ntriples", limits=limits, ruled=ruled)), base, limits)


def answer_of(reply: Reply, base: str, limits: Limits) -> Answer:
    """Return the answer in a reply that is well, in JSON or N-Triples, as terms."""
    if reply.kind == "construct":
        rows = [(t.subject, t.predicate, t.object) for t in ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)]
        return Answer("construct", ("subject", "predicate", "object"), tuple(rows), base=base)
    found = ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
    return read_answer(found, base, most_rows=limits.rows)
