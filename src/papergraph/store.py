"""The embedded store: an Oxigraph database, one sealed generation per build.

    FOLDER/papergraph-store.json    marks the folder as ours, with the format version
    FOLDER/CURRENT                  name of the generation that readers open
    FOLDER/generations/NAME/        graph/ (the database), names.json (labels for look-up), seal.json
    FOLDER/cache/                   extractions by content hash
    FOLDER/lock                     held by the process that builds

A build never touches the generation that readers have open: it makes a new one, seals it and swaps the pointer.
"""

from __future__ import annotations

import contextlib
import difflib
import fcntl
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from papergraph.errors import QueryError, StoreError, UnknownNameError
from papergraph.model import Graph, Run
from papergraph.names import fold
from papergraph.rdf import canonical_nquads, from_quads, to_quads
from papergraph.terms import BASE, prefixes

FORMAT = 1
_MARKER = "papergraph-store.json"
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Seal:
    """What a generation must be, to be trusted."""

    quads: int
    digest: str
    """SHA-256 of the canonical N-Quads."""
    entities: tuple[tuple[str, int], ...]
    """How many of each type, sorted."""
    relations: tuple[tuple[str, int], ...]
    """How many of each predicate, sorted."""
    run: Run
    base: str = BASE


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean."""

    iri: str
    type: str
    label: str
    mentions: int


class GraphStore:
    """A graph that is open for reading."""

    def __init__(self, store: ox.Store, seal: Seal, names: Mapping[str, Any]) -> None:
        self.store = store
        self.seal = seal
        self._names = names

    def query(self, sparql: str) -> Any:
        """Run SPARQL over the union of all graphs.

        Returns what pyoxigraph returns: solutions, a boolean, or triples.

        Raises:
            QueryError: for a query that cannot be parsed or run; names line and column where the parser knows them.
        """
        try:
            return self.store.query(
                sparql,
                use_default_graph_as_union=True,
                prefixes=prefixes(self.seal.base),
            )
        except SyntaxError as error:
            raise QueryError(f"the query is no valid SPARQL: {error.msg}") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def select(self, sparql: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a SELECT query as strings; a variable without a value is left out.

        Raises:
            QueryError: as `query`.
        """
        solutions = self.query(sparql)
        variables = [v.value for v in solutions.variables]
        for solution in solutions:
            yield {name: term.value for name in variables if (term := solution[name]) is not None}

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad."""
        return self.store.quads_for_pattern(None, None, None, None)

    def read_graph(self) -> Graph:
        """Return the whole graph as values."""
        return from_quads(self.quads())

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Return the entities that have `name` as label, alias, identifier or IRI, however it is spelt.

        Raises:
            UnknownNameError: if there is none; it carries the nearest names.
        """
        entities: dict[str, list[Any]] = self._names["entities"]
        if name in entities:
            return (self._candidate(name),)
        keys: dict[str, list[str]] = self._names["keys"]
        if iris := keys.get(fold(name) or name):
            return tuple(self._candidate(iri) for iri in iris)
        raise UnknownNameError("entity", name, self.suggest(name))

    def suggest(self, name: str) -> tuple[str, ...]:
        """Return up to five labels that are spelt like `name`."""
        keys: dict[str, list[str]] = self._names["keys"]
        near = difflib.get_close_matches(fold(name), keys, n=8, cutoff=0.6)
        labels = [self._candidate(iri).label for key in near for iri in keys[key]]
        return tuple(dict.fromkeys(labels))[:5]

    def _candidate(self, iri: str) -> Candidate:
        entity_type, label, mentions = self._names["entities"][iri]
        return Candidate(iri, entity_type, label, mentions)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical N-Quads, computed anew."""
        return _digest(canonical_nquads(self.quads()))


def memory_store(graph: Graph, run: Run, *, base: str = BASE, threshold: float = 0.5) -> GraphStore:
    """Return a store that lives in memory only."""
    text = canonical_nquads(to_quads(graph, threshold=threshold))
    store = ox.Store()
    store.bulk_load(text.encode(), format=ox.RdfFormat.N_QUADS)
    return GraphStore(store, _seal(graph, text, run, base), _names(graph))


def write_generation(folder: Path, graph: Graph, run: Run, *, base: str = BASE, threshold: float = 0.5) -> Seal:
    """Build a new generation of the store in `folder` and make it the current one; the previous one is kept.

    Raises:
        StoreError: if another build holds the lock, the folder holds other things, or the disk refuses.
    """
    with _locked(folder):
        text = canonical_nquads(to_quads(graph, threshold=threshold))
        seal = _seal(graph, text, run, base)
        name = seal.digest[:16]
        generations = folder / "generations"
        target, scratch = generations / name, generations / f"tmp-{name}"
        try:
            if not _is_whole(target, seal):
                shutil.rmtree(target, ignore_errors=True)
                shutil.rmtree(scratch, ignore_errors=True)
                scratch.mkdir(parents=True)
                _write_database(scratch / "graph", text)
                _write_durably(scratch / "names.json", json.dumps(_names(graph), ensure_ascii=False))
                _write_durably(scratch / "seal.json", json.dumps(_seal_record(seal), ensure_ascii=False, indent=1))
                scratch.rename(target)
            _write_durably(folder / "CURRENT.new", name)
            (folder / "CURRENT.new").replace(folder / "CURRENT")
        except OSError as error:
            raise StoreError(f"{folder}: cannot be written: {error.strerror or error}; the old graph stands") from error
        _sweep(generations, name)
        return seal


def open_store(folder: Path, *, verify: bool = False) -> GraphStore:
    """Open the current generation for reading; with `verify`, recompute the digest of all quads.

    Raises:
        StoreError: if there is no store, or it is damaged; says how to get it back.
    """
    if not (folder / "CURRENT").is_file():
        raise StoreError(f"{folder}: there is no graph here; make one with: papergraph build NOTES --store {folder}")
    for _ in range(5):
        generation = folder / "generations" / (folder / "CURRENT").read_text(encoding="utf-8").strip()
        try:
            opened = _open_generation(generation)
            break
        except FileNotFoundError:
            continue  # a build swapped the pointer and swept this generation away in between
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(folder, str(error)) from error
    else:
        raise _damaged(folder, "its current generation is missing")
    if verify and opened.digest != opened.seal.digest:
        raise _damaged(folder, "its digest is not that of its seal")
    return opened


def read_seal(folder: Path) -> Seal | None:
    """Return the seal of the current generation, None if there is none that can be read."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
        return _read_seal(folder / "generations" / name)
    return None


def _open_generation(generation: Path) -> GraphStore:
    seal = _read_seal(generation)
    names = json.loads((generation / "names.json").read_text(encoding="utf-8"))
    store = ox.Store.read_only(str(generation / "graph"))
    # A truncated database opens as an empty one without complaint: look for what must be there.
    if seal.quads and next(iter(store.quads_for_pattern(None, None, None, None)), None) is None:
        raise ValueError("its database is empty, but the seal says that it is not")
    return GraphStore(store, seal, names)


def _damaged(folder: Path, reason: str) -> StoreError:
    return StoreError(
        f"{folder}: the graph is damaged ({reason}); make it anew with: papergraph build NOTES --store {folder}"
    )


def prepare_store(folder: Path) -> None:
    """Make `folder` a store, empty as yet, unless it is one.

    Raises:
        StoreError: if it holds other files, or cannot be written.
    """
    marker = folder / _MARKER
    if folder.is_dir() and any(folder.iterdir()) and not marker.is_file():
        raise StoreError(f"{folder}: holds other files and is no papergraph store; choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        marker.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}") from error


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    prepare_store(folder)
    try:
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            raise StoreError(f"{folder}: another build is running (process {holder}); wait for it") from error
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _write_database(folder: Path, text: str) -> None:
    store = ox.Store(str(folder))
    store.bulk_load(text.encode(), format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store  # releases the database's own lock before the folder is renamed


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _is_whole(generation: Path, seal: Seal) -> bool:
    try:
        return _read_seal(generation) == seal and _open_generation(generation).digest == seal.digest
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sweep(generations: Path, current: str) -> None:
    """Remove generations beyond the current and the one before, and what killed builds left behind."""
    others = [g for g in generations.iterdir() if g.name != current]
    stale = [g for g in others if g.name.startswith("tmp-")]
    kept = sorted((g for g in others if g not in stale), key=lambda g: g.stat().st_mtime_ns, reverse=True)
    for generation in (*stale, *kept[_KEPT - 1 :]):
        shutil.rmtree(generation, ignore_errors=True)


def _seal(graph: Graph, text: str, run: Run, base: str) -> Seal:
    return Seal(
        quads=text.count("\n"),
        digest=_digest(text),
        entities=tuple(sorted(Counter(e.type for e in graph.entities).items())),
        relations=tuple(sorted(Counter(r.predicate for r in graph.relations).items())),
        run=run,
        base=base,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _seal_record(seal: Seal) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "quads": seal.quads,
        "digest": seal.digest,
        "entities": dict(seal.entities),
        "relations": dict(seal.relations),
        "base": seal.base,
        "version": seal.run.version,
        "configuration": seal.run.configuration,
        "inputs": dict(seal.run.inputs),
    }


def _read_seal(generation: Path) -> Seal:
    data = json.loads((generation / "seal.json").read_text(encoding="utf-8"))
    if data["format"] != FORMAT:
        raise ValueError(f"it has format {data['format']}, this papergraph reads {FORMAT}")
    run = Run(data["version"], data["configuration"], tuple(data["inputs"].items()))
    counts = (tuple(data["entities"].items()), tuple(data["relations"].items()))
    return Seal(data["quads"], data["digest"], *counts, run, data["base"])


def _names(graph: Graph) -> dict[str, Any]:
    """Return the look-up table of names: for each folded form the entities that have it."""
    keys: dict[str, list[str]] = {}
    for entity in graph.entities:
        forms = (entity.label, *entity.aliases, *entity.identifiers, *_short_identifiers(entity.identifiers))
        for key in sorted({fold(form) or form for form in forms}):
            keys.setdefault(key, []).append(entity.iri)
    entities = {e.iri: [e.type, e.label, len(e.places)] for e in graph.entities}
    return {"entities": entities, "keys": dict(sorted(keys.items()))}


def _short_identifiers(identifiers: Iterable[str]) -> Iterator[str]:
    return (i.partition(":")[2] for i in identifiers if ":" in i and "://" not in i)
