"""A generation from the one before it: linked, not copied, with the quads removed and added that an edit changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from papergraph.errors import StoreError
from papergraph.model import Entity, Run
from papergraph.rdf import nquads_line, updated
from papergraph.store.build import install
from papergraph.store.files import NAMES
from papergraph.store.graph import GraphStore
from papergraph.store.lock import Held
from papergraph.store.names import rewrite_names
from papergraph.store.opening import open_generation
from papergraph.store.pointer import read_pointer
from papergraph.store.seal import Seal, sha256


@dataclass(frozen=True, slots=True)
class Change:
    """What distinguishes a graph from the one before."""

    removed: frozenset[ox.Quad]
    """Each is in the graph before."""
    added: frozenset[ox.Quad]
    """None is."""
    gone: tuple[tuple[str, str], ...] = ()
    """IRI and type of the entities that are no longer, or are described anew."""
    entities: tuple[Entity, ...] = ()
    """Those that are described anew."""
    lost: Collection[str] = ()
    """The predicate of each relation that is no longer, or is described anew."""
    found: Collection[str] = ()
    """That of each relation that is described anew."""


def open_current(held: Held) -> GraphStore:
    """Open the current generation, whose files are all compared with their hashes; raises StoreError or `DAMAGE`."""
    name = read_pointer(held.folder).current
    if not name:
        raise StoreError(f"{held.folder}: no graph in this folder")
    return open_generation(held.folder / "generations" / name, every_file=True)


def change_graph(held: Held, before: GraphStore, change: Change, run: Run) -> Seal:
    """Make the changed graph the current generation; `before` is the open one.

    Raises:
        StoreError: if the disk refuses, or if the change is none of that graph; then nothing is changed.
    """
    base = held.folder / "generations" / read_pointer(held.folder).current
    names = rewrite_names((base / NAMES).read_bytes(), (iri for iri, _ in change.gone), change.entities)
    seal = _seal(before.seal, change, names, run)
    if seal == before.seal:
        return seal

    def fill(folder: Path) -> None:
        before.store.backup(str(folder))
        _apply(folder, change)

    install(held, seal, names, fill, base=base)
    return seal


def _apply(folder: Path, change: Change) -> None:
    store = ox.Store(str(folder))
    if not all(quad in store for quad in change.removed) or any(quad in store for quad in change.added):
        raise OSError("the change does not fit the graph")
    for quad in change.removed:
        store.remove(quad)
    store.extend(change.added)
    store.flush()
    del store  # releases the database's own lock before the folder is renamed


def _seal(before: Seal, change: Change, names: bytes, run: Run) -> Seal:
    return Seal(
        quads=before.quads + len(change.added) - len(change.removed),
        digest=updated(before.digest, map(nquads_line, change.removed), map(nquads_line, change.added)),
        entities=_counted(before.entities, (kind for _, kind in change.gone), (e.type for e in change.entities)),
        relations=_counted(before.relations, change.lost, change.found),
        run=run,
        base=before.base,
        names=sha256(names),
    )


def _counted(
    before: tuple[tuple[str, int], ...], gone: Iterable[str], new: Iterable[str]
) -> tuple[tuple[str, int], ...]:
    counts = Counter(dict(before))
    counts.subtract(gone)
    counts.update(new)
    return tuple(sorted((name, count) for name, count in counts.items() if count))
