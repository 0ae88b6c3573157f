"""Building a generation and making it the current one, all or nothing."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from papergraph.model import Graph, Run
from papergraph.rdf import canonical_nquads, to_quads
from papergraph.store.folder import CURRENT, locked, prepare_store, sync_folder, unwritable, write_durably
from papergraph.store.names import names_to_json
from papergraph.store.opening import DAMAGE, open_generation
from papergraph.store.seal import Seal, generation_name, make_seal, seal_to_json
from papergraph.terms import BASE

_SCRATCH = "tmp-"


def write_generation(folder: Path, graph: Graph, run: Run, *, base: str = BASE, threshold: float = 0.5) -> Seal:
    """Build a new generation of the store in `folder` and make it the current one; the previous one is kept.

    Whatever stops it, a crash or a full disk too, leaves the graph that was there before or the new one, never a part.

    Raises:
        StoreError: if another build holds the lock, the folder holds other things, or the disk refuses.
    """
    nquads, names = canonical_nquads(to_quads(graph, threshold=threshold)), names_to_json(graph)
    seal = make_seal(graph, nquads, names, run, base)
    prepare_store(folder)
    with locked(folder):
        generations = folder / "generations"
        try:
            generations.mkdir(exist_ok=True)
            _remove(g for g in generations.iterdir() if g.name.startswith(_SCRATCH))
            target = _free_name(generations, seal)
            if not target.exists():
                _build(generations, target, nquads, names, seal)
            previous = _swap(folder, target.name)
        except (OSError, RuntimeError) as error:
            raise unwritable(folder, error) from error
        _sweep(generations, target.name, previous)
    return seal


def _free_name(generations: Path, seal: Seal) -> Path:
    """Return where the generation is, whole, or may be made: never on a damaged one, which a reader may be reading."""
    name = generation_name(seal_to_json(seal))
    number, target = 1, generations / name
    while target.exists() and not _is_whole(target):
        number += 1
        target = generations / f"{name}-{number}"
    return target


def _is_whole(generation: Path) -> bool:
    try:
        opened = open_generation(generation)
        return opened.digest == opened.seal.digest
    except DAMAGE:
        return False


def _build(generations: Path, target: Path, nquads: str, names: str, seal: Seal) -> None:
    scratch = generations / f"{_SCRATCH}{target.name}"
    try:
        scratch.mkdir()
        _write_database(scratch / "graph", nquads)
        write_durably(scratch / "names.json", names)
        write_durably(scratch / "seal.json", seal_to_json(seal))
        sync_folder(scratch)
        scratch.rename(target)
        sync_folder(generations)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _write_database(folder: Path, nquads: str) -> None:
    store = ox.Store(str(folder))
    store.bulk_load(nquads.encode(), format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store  # releases the database's own lock before the folder is renamed


def _swap(folder: Path, name: str) -> str:
    """Point to the generation `name`; return the one that was current before."""
    previous = ""
    with contextlib.suppress(OSError, ValueError):
        previous = (folder / CURRENT).read_text(encoding="utf-8").strip()
    if previous != name:
        write_durably(folder / f"{CURRENT}.new", f"{name}\n")
        (folder / f"{CURRENT}.new").replace(folder / CURRENT)
        sync_folder(folder)
    return previous


def _sweep(generations: Path, current: str, previous: str) -> None:
    """Remove all generations but the current one and the one before it; a build that changed nothing removes none."""
    if previous != current:
        _remove(g for g in generations.iterdir() if g.name not in {current, previous})


def _remove(folders: Iterable[Path]) -> None:
    for folder in sorted(folders):
        shutil.rmtree(folder, ignore_errors=True)
