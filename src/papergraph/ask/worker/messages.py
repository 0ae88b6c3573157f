"""What a worker is asked, what it replies, and how both travel through a pipe."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from papergraph.ask.limits import Limits

Status = Literal["ok", "wrong", "large", "unacceptable", "time", "memory", "crash", "busy"]

#: Lengths of the record and of the body, before both.
_LENGTHS = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Task:
    """A query, and how its answer is wanted."""

    query: str
    """SPARQL; that of a ready-made query if there is a `name`."""
    solutions: str = "json"
    """Format of a table or a truth value, one of `papergraph.ask.answer.FORMATS`; "" if none will do."""
    triples: str = "turtle"
    """Format of triples, one of `papergraph.ask.answer.RDF_FORMATS` or of `FORMATS`; "" if none will do."""
    width: int = 0
    """Columns of the format `table`."""
    graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    """Default and named graphs of the dataset; None for the query's own choice."""
    base: str | None = None
    """What relative IRIs of the query are relative to."""
    instead: str = ""
    """N-Triples to ask in place of the store."""
    limits: Limits = field(default_factory=Limits)
    name: str = ""
    """What messages call a ready-made query."""
    given: tuple[tuple[str, str], ...] = ()
    """Parameters of a ready-made query, and the names of entities that they stand for."""
    ruled: bool = False
    """Whether what only a language model says is left out of the store."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a task."""

    status: Status
    message: str = ""
    """For people, unless all is well."""
    kind: str = ""
    """`select`, `ask` or `construct`."""
    form: str = ""
    """The format of the body."""
    body: bytes = b""
    swollen: bool = False
    """The worker has used so much memory that it should be replaced."""


def pack(record: dict[str, Any], body: bytes = b"") -> bytes:
    """Return a message as bytes."""
    head = json.dumps(record).encode()
    return _LENGTHS.pack(len(head), len(body)) + head + body


def unpack(read: Callable[[int], bytes]) -> tuple[dict[str, Any], bytes]:
    """Return the next message from `read`, which returns exactly as many bytes as it is asked for."""
    head_size, body_size = _LENGTHS.unpack(read(_LENGTHS.size))
    record: dict[str, Any] = json.loads(read(head_size))
    return record, read(body_size)


def pack_task(task: Task) -> bytes:
    """Return a task as bytes."""
    return pack(asdict(task))


def task_from_record(record: dict[str, Any]) -> Task:
    """Return the task that `pack_task` made a record of."""
    graphs = record["graphs"] and (tuple(record["graphs"][0]), tuple(record["graphs"][1]))
    given = tuple((name, value) for name, value in record["given"])
    return Task(**{**record, "graphs": graphs, "given": given, "limits": Limits(**record["limits"])})


def pack_reply(reply: Reply) -> bytes:
    """Return a reply as bytes."""
    record = asdict(reply)
    return pack(record, record.pop("body"))


def reply_from_record(record: dict[str, Any], body: bytes) -> Reply:
    """Return the reply that `pack_reply` made a message of."""
    return Reply(**record, body=body)
