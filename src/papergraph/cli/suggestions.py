"""What shells are offered to complete: names of entities, ready-made queries, relations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from papergraph.config import Config, find_config, read_config
from papergraph.errors import PapergraphError

#: Names that are offered at once.
_MOST = 50
#: What stays one word of a shell, or can be made one: notes may name things as they please, and shells run things.
_SAFE = re.compile(r"[^\W_][\w .+/@-]*")


def entity_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return labels of entities with a name that begins so, those named most often first; none without a graph."""
    del parameter
    try:
        from papergraph.store import read_names

        store = context.params.get("store") or _settings(context).store
        found = read_names(Path(store)).starting(incomplete, _MOST)
        labels = dict.fromkeys(candidate.label for candidate in found)
    except (PapergraphError, OSError, ValueError, KeyError, TypeError):  # a shell that waits is told nothing
        return []
    return [label for label in labels if _SAFE.fullmatch(label)]


def query_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return names of ready-made queries that begin so."""
    del parameter
    try:
        from papergraph.ask.named import read_queries

        queries = read_queries([Path(p) for p in _settings(context).queries])
    except (PapergraphError, OSError, ValueError):
        return []
    return [q.name for q in queries if q.name.startswith(incomplete) and _SAFE.fullmatch(q.name)]


def predicates(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the relations that begin so."""
    del context, parameter
    from papergraph.model import PREDICATES

    return [p for p in PREDICATES if p.lower().startswith(incomplete.lower())]


def _settings(context: click.Context) -> Config:
    """Return the settings of the command that is being typed."""
    given: Any = context.find_root().params.get("config")
    path = given or find_config(Path.cwd())
    return read_config(path) if path else Config()
