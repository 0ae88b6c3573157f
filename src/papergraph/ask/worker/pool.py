"""Several workers that take turns, and are replaced when they die, grow fat, or hold an old generation."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from papergraph.ask.limits import Limits
from papergraph.ask.worker.messages import Reply, Task
from papergraph.ask.worker.process import Worker
from papergraph.errors import StoreError
from papergraph.store import current_generation


class Ticket:
    """Lets the caller cancel a task."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._given_up = False

    def give_up(self) -> None:
        """Stop the task, whether it runs or not."""
        with self._lock:
            self._given_up = True
            if self._worker is not None:
                self._worker.kill()

    def hold(self, worker: Worker | None) -> None:
        """Note which worker runs the task, None when it is done."""
        with self._lock:
            self._worker = worker
            if worker is not None and self._given_up:
                worker.kill()


class WorkerPool:
    """Up to `size` tasks run at once; one spare worker replaces the next that crashes."""

    def __init__(self, folder: Path, limits: Limits, *, size: int = 2, patience: float = 0.8) -> None:
        """Start one worker, so that a store that cannot be opened shows now.

        `patience` is how many seconds a task waits for its turn.

        Raises:
            StoreError: if there is no store, or it cannot be opened.
        """
        self._limits = limits
        self._folder = folder
        self._size, self._patience = size, patience
        self._turns = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._idle = [Worker(folder, limits)]
        self._starting = 0
        self._closed = False
        self._refill()

    def run(self, task: Task, ticket: Ticket | None = None) -> Reply:
        """Return what became of the task; it waits for its turn for a moment only."""
        if not self._turns.acquire(timeout=self._patience):
            return Reply("busy", f"{self._size} other queries are running; try again in a moment")
        try:
            return self._run(task, ticket or Ticket())
        finally:
            self._turns.release()

    def _run(self, task: Task, ticket: Ticket) -> Reply:
        try:
            worker = self._take()
        except StoreError as error:
            return Reply("busy", f"cannot open the graph: {error}")
        ticket.hold(worker)
        reply = worker.run(task)
        ticket.hold(None)
        if reply.swollen:
            worker.close()
        self._give_back(worker)
        return reply

    def _take(self) -> Worker:
        """Return a worker that lives and has the current generation open."""
        current = current_generation(self._folder)
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return Worker(self._folder, self._limits)
            if worker.alive and worker.generation == current:
                return worker
            worker.close()

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker.alive and not self._closed and len(self._idle) <= self._size:
                self._idle.append(worker)
                return
        worker.close()
        self._refill()

    def _refill(self) -> None:
        """Start workers in the background until enough stand by."""
        with self._lock:
            missing = 0 if self._closed else self._size + 1 - len(self._idle) - self._starting
            self._starting += max(0, missing)
        for _ in range(missing):
            threading.Thread(target=self._start, daemon=True).start()

    def _start(self) -> None:
        worker = None
        try:
            worker = Worker(self._folder, self._limits)
        except (StoreError, OSError):
            pass  # the next task tries again, and reports the error
        finally:
            with self._lock:
                self._starting -= 1
                if worker is not None and not self._closed:
                    self._idle.append(worker)
                    worker = None
            if worker is not None:
                worker.close()

    def close(self) -> None:
        """End all workers that stand by; those that run end with their tasks."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()

    def wait_until_ready(self, seconds: float = 30.0) -> None:
        """Wait until as many workers stand by as may run at once."""
        end = time.monotonic() + seconds
        while len(self._idle) < self._size and time.monotonic() < end:
            time.sleep(0.01)
