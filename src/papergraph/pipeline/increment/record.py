"""What is remembered of one note between builds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from papergraph.model import Problem
from papergraph.pipeline.cache import Consulted

Problems = tuple[Problem, ...]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as the last build saw it."""

    sha256: str
    """Of the bytes that were read; empty if nobody knows which, and then the note is read again."""
    key: str = ""
    """Under which its extraction is kept; empty where there is none."""
    problem: str = ""
    """Why there is none."""
    warnings: tuple[str, ...] = ()
    replies: str = ""
    """Hash of the replies of a language model that are in the extraction; empty for none."""
    consulted: Consulted = field(default_factory=Consulted)
    loops: Problems = ()
    """What it claims of one thing about itself."""


def in_order(problems: Iterable[Problem]) -> Problems:
    """Return problems by place."""
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.message)))


def pack(value: object) -> bytes:
    """Return a value as bytes."""
    return msgspec.msgpack.encode(value)


def unpack(data: bytes, kind: type[_T]) -> _T:
    """Return the value of a type; raises ValueError for bytes that hold none."""
    return msgspec.msgpack.decode(data, type=kind)
