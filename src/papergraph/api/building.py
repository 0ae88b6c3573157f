"""Building a graph from notes, and opening one that was built."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.api.graph import KnowledgeGraph, to_endpoint
from papergraph.ask.memory import MemoryGraph
from papergraph.ask.opening import open_source, open_stored
from papergraph.config import Config, find_config, read_config
from papergraph.correction import CorrectionOutcome
from papergraph.errors import ConfigError, NoteError

if TYPE_CHECKING:
    from papergraph.ask.remote import Endpoint
    from papergraph.ask.source import Source


def build(
    *paths: str | Path,
    store: str | Path | None = None,
    config: Config | None = None,
    strict: bool = False,
    allow_empty: bool = False,
    revision: str = "",
) -> KnowledgeGraph:
    """Build a graph from notes: in memory, or in the folder `store`.

    `paths` are folders or files; without any, the notes of the settings are read. The settings are `config`, or those
    of the nearest `papergraph.toml`. What the build left out is listed in `problems`; with `strict` it is an error.
    With `allow_empty`, folders may contain no notes. With a `revision`, such as `HEAD~30`, the notes are read as they
    were there, from the objects of their git repository, into memory.

    Raises:
        LossError: if no notes can be read, or the store would lose all notes from one of `paths`.
        NoteError: with `strict`, if there are problems; if there is no such revision.
        ConfigError: if settings, a vocabulary or patterns are invalid, no notes are given, or a revision and a store.
        StoreError: if the store cannot be written.
    """
    from papergraph.pipeline.steps import build_in_memory, build_store

    settings = _settings(config)
    chosen = _paths(paths, settings)
    if revision:
        return _build_revision(chosen, revision, store, settings, strict=strict, allow_empty=allow_empty)
    source: Source
    if store is None:
        opened, problems = build_in_memory(chosen, settings, allow_empty=allow_empty)
        source = MemoryGraph(opened)
    else:
        _, problems = build_store(chosen, replace(settings, store=str(store)), allow_empty=allow_empty)
        source = open_stored(Path(store))
    if strict and problems:
        raise NoteError("; ".join(map(str, problems)))
    return KnowledgeGraph(source, settings, problems)


def corrections(*paths: str | Path, config: Config | None = None) -> tuple[CorrectionOutcome, ...]:
    """Return what a build of the notes in `paths` makes of each correction; by default of the notes of the settings.

    Raises:
        ConfigError: as `build`.
    """
    from papergraph.pipeline.corrections.outcomes import report_corrections

    settings = _settings(config)
    chosen = _paths(paths, settings)
    return report_corrections(chosen, settings).outcomes


def _build_revision(
    paths: Sequence[Path],
    revision: str,
    store: str | Path | None,
    config: Config,
    *,
    strict: bool,
    allow_empty: bool,
) -> KnowledgeGraph:
    from papergraph.pipeline.revisions import notes_at

    if store is not None:
        raise ConfigError("a revision is built in memory: pass either revision= or store=")
    with notes_at(paths, revision) as copied:
        return build(*copied, config=config, strict=strict, allow_empty=allow_empty)


def open_graph(
    store: str | Path | None = None, *, endpoint: str | Endpoint | None = None, config: Config | None = None
) -> KnowledgeGraph:
    """Open an existing graph: in the folder `store` or that of the settings, or on a server.

    The settings are `config`, or those of the nearest `papergraph.toml`.

    Raises:
        StoreError: if there is no graph, or it is damaged.
        ConfigError: if the settings are invalid.
        EndpointError: if the server does not answer, or has no papergraph graph.
    """
    settings = _settings(config)
    if store is not None:
        settings = replace(settings, store=str(store))
    return KnowledgeGraph(open_source(settings, endpoint=to_endpoint(endpoint) if endpoint else None), settings)


def _settings(config: Config | None) -> Config:
    return read_config(find_config(Path.cwd())) if config is None else config


def _paths(given: Sequence[str | Path], settings: Config) -> Sequence[Path]:
    """Return the paths of notes as given, or else those of the settings; raises ConfigError."""
    for path in given:
        if not isinstance(path, str | os.PathLike):
            raise ConfigError(f"{path!r} is no path; give each folder or file by itself: build('notes', 'more')")
    chosen = [Path(path) for path in given or settings.notes]
    if not chosen:
        raise ConfigError("no notes given: pass folders or files, or set notes = [...] in papergraph.toml")
    return chosen
