"""Asking many requests at once: patient with a busy server, within a budget, and never twice for one answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

from papergraph.errors import EndpointError
from papergraph.extract.propose import Request, read_reply
from papergraph.pipeline.propose.budget import Budget
from papergraph.pipeline.propose.replies import Journal
from papergraph.pipeline.propose.server import Answer, Busy

#: How often a request is sent at most, and the seconds before it is sent again, doubled each time.
_TRIES = 5
_PAUSE = 1.0
#: Seconds that a server may ask for at most.
_LONGEST_PAUSE = 120.0


class Server(Protocol):
    """What answers a request, or raises `Busy` or another `EndpointError`."""

    def ask(self, request: Request, /) -> Answer:
        """Return the answer to a request."""


class _NotAsked(Exception):  # noqa: N818  internal to this module
    """The run was stopped before a request was sent."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a run ended."""

    answered: int
    failed: tuple[tuple[Request, str], ...]
    """Requests without a usable reply, and why; the next run asks them again."""
    stopped: str = ""
    """Why the rest was not asked."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How to wait; tests do not."""

    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic


def ask_all(
    requests: Sequence[Request],
    server: Server,
    journal: Journal,
    budget: Budget,
    *,
    at_once: int = 4,
    progress: Callable[[str, int, int], object] = lambda *_: None,
    patience: Patience | None = None,
) -> Asked:
    """Ask each request once and keep every usable reply the moment it is there.

    An interrupt stops the asking, keeps the replies that are under way, and goes on. An error that the next request
    would meet too stops it as well.
    """
    run = _Run(server, budget, patience or Patience())
    answered, failed = 0, list[tuple[Request, str]]()
    with ThreadPoolExecutor(at_once) as pool:
        waiting: dict[Future[Answer], Request] = {}
        left = iter(_unlike(requests))
        try:
            while _fill(pool, run, waiting, left, at_once):
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    request = waiting.pop(future)
                    reason = _keep(future, request, journal, run)
                    answered += reason == ""
                    failed += [(request, reason)] if reason else []
                    progress(request.note, answered + len(failed), len(requests))
        finally:
            run.stop("interrupted")
            for future, request in waiting.items():  # they are paid for
                answered += _keep(future, request, journal, run) == ""
            journal.sort()
    return Asked(answered, tuple(failed), run.stopped if run.unfinished or _rest(left) else "")


def _unlike(requests: Sequence[Request]) -> Iterator[Request]:
    """Yield one request of each fingerprint."""
    seen: dict[str, Request] = {}
    for request in requests:
        seen.setdefault(request.fingerprint, request)
    yield from seen.values()


def _rest(left: Iterator[Request]) -> bool:
    return next(left, None) is not None


def _fill(
    pool: ThreadPoolExecutor, run: _Run, waiting: dict[Future[Answer], Request], left: Iterator[Request], at_once: int
) -> bool:
    """Send requests until enough are under way; tells whether any are."""
    while len(waiting) < at_once and not run.stopped:
        request = next(left, None)
        if request is None:
            break
        waiting[pool.submit(run.ask, request)] = request
    return bool(waiting)


def _keep(future: Future[Answer], request: Request, journal: Journal, run: _Run) -> str | None:
    """Keep the reply to a request; returns why there is none, and None if it was not sent."""
    try:
        answer = future.result()
    except _NotAsked:
        run.unfinished = True
        return None
    except EndpointError as error:
        if not error.passing:
            run.unfinished = True
            run.stop(str(error))
        return str(error)
    if read_reply(answer.text) is None:
        return "the reply is no JSON of the right form"
    journal.add([(request.fingerprint, answer.text)])
    return ""


class _Run:
    """What the threads of a run share."""

    def __init__(self, server: Server, budget: Budget, patience: Patience) -> None:
        self._server, self._budget, self._patience = server, budget, patience
        self._lock = threading.Lock()
        self._quiet_until = 0.0
        self.stopped = ""
        self.unfinished = False
        """Whether a request of this run is to be sent again, or was not sent."""

    def stop(self, reason: str) -> None:
        """Let nothing more be sent."""
        self.stopped = self.stopped or reason

    def ask(self, request: Request) -> Answer:
        """Return the answer to a request, asked again while the server is busy.

        Raises:
            EndpointError: if there is none.
            _NotAsked: if the run was stopped before.
        """
        message = ""
        for number in range(_TRIES):
            self._wait()
            if self.stopped:
                break
            if not self._budget.take(request):
                self.stop("the budget is spent")
                break
            try:
                answer = self._server.ask(request)
            except Busy as busy:
                message = str(busy)
                self._hush(_PAUSE * 2**number if busy.after is None else busy.after)
                continue
            except EndpointError as error:
                if not error.passing:
                    self._budget.give_back(request)
                raise
            self._budget.settle(request, answer.tokens)
            return answer
        if not message:
            raise _NotAsked
        raise EndpointError(message, passing=True)

    def _hush(self, seconds: float) -> None:
        """Let nobody ask for a while."""
        with self._lock:
            until = self._patience.clock() + min(seconds, _LONGEST_PAUSE)
            self._quiet_until = max(self._quiet_until, until)

    def _wait(self) -> None:
        while not self.stopped and (seconds := self._quiet_until - self._patience.clock()) > 0:
            self._patience.sleep(min(seconds, 1.0))
