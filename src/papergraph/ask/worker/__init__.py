"""Untrusted queries run in processes of their own, which may be killed.

The engine has no timeout, no limit of memory and no switch for the network, and some queries kill it. So a worker
process opens the store, locks itself in (no network, bounded memory), and answers one query at a time over its pipes;
the parent process kills it when its time is over. The store is open for reading only, so that
nothing can be lost.
"""

from __future__ import annotations

from papergraph.ask.worker.messages import Reply, Task
from papergraph.ask.worker.pool import Ticket, WorkerPool
from papergraph.ask.worker.process import Worker, answer_of, ask_for_answer, ask_worker

__all__ = ["Reply", "Task", "Ticket", "Worker", "WorkerPool", "answer_of", "ask_for_answer", "ask_worker"]
