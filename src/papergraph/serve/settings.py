"""What the person who starts the server decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from papergraph.ask.limits import Limits
from papergraph.config import Config

#: Names of this machine for itself: a page elsewhere cannot make a browser send them, even if its name resolves here.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Reviewing:
    """That the page at /review is on: the one thing that writes, and only to the corrections of these settings."""

    token: str = field(repr=False)
    """Secret of whoever started the server; without it nothing is shown or written."""
    config: Config = field(default_factory=Config)
    rebuilds: bool = False
    """A build that watches the notes and the corrections runs beside the server."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve a store."""

    store: Path
    limits: Limits = field(default_factory=Limits)
    workers: int = 2
    """Queries that run at once."""
    queries: tuple[Path, ...] = ()
    """Folders of the user's ready-made queries."""
    hosts: tuple[str, ...] = ()
    """Names, besides those of the loopback, under which the server may be addressed; without port."""
    origins: tuple[str, ...] = ()
    """Origins whose pages may read, such as `https://example.org`; `*` lets every page read."""
    note_url: str = ""
    """Address that opens a note, with `{path}` and `{line}`, such as `vscode://file/n/{path}:{line}`; "" for none."""
    review: Reviewing | None = None
    """How the review page writes; None if it is off."""
