"""Building a generation and making it the current one, all or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from papergraph.model import Graph, Run
from papergraph.ontology.terms import BASE
from papergraph.rdf import to_quads
from papergraph.store.files import FILES, NAMES, hash_files, read_files
from papergraph.store.folder import SCRATCH, newer, sync_folder, unwritable, write_durably
from papergraph.store.lock import Held, writing
from papergraph.store.names import write_names
from papergraph.store.opening import is_whole, read_generation_seal
from papergraph.store.pointer import Pointer, read_pointer, write_pointer
from papergraph.store.seal import NewerFormatError, Seal, generation_name, make_seal, seal_to_json
from papergraph.store.spool import Spool, spooled
from papergraph.store.verified import file_states, is_small, note_verified


def write_generation(folder: Path, graph: Graph, run: Run, *, base: str = BASE, threshold: float = 0.5) -> Seal:
    """Build a new generation of the store in `folder` and make it the current one; the previous one is kept.

    Whatever stops it, a crash or a full disk too, leaves the graph that was there before or the new one, never a part.

    Raises:
        BusyError: if another build holds the store.
        StoreError: if the folder holds other things or a store of a newer papergraph, or the disk refuses.
    """
    with writing(folder) as held:
        return replace_graph(held, graph, run, base=base, threshold=threshold)


def replace_graph(held: Held, graph: Graph, run: Run, *, base: str = BASE, threshold: float = 0.5) -> Seal:
    """Do as `write_generation` in a store that is held already."""
    names = write_names(graph.entities)
    try:
        with spooled(to_quads(graph, threshold=threshold), held.folder) as spool:
            seal = make_seal(graph, spool.quads, spool.digest, names, run, base)
            install(held, seal, names, lambda folder: _write_database(folder, spool))
    except OSError as error:
        raise unwritable(held.folder, error) from error
    return seal


def install(held: Held, seal: Seal, names: bytes, fill: Callable[[Path], None], *, base: Path | None = None) -> None:
    """Make the generation with this seal the current one; `fill` makes its database in a folder that does not exist.

    Files that it shares with the generation `base` are known, and not read.

    Raises:
        StoreError: if the disk refuses.
    """
    generations = held.folder / "generations"
    before = read_pointer(held.folder)
    _refuse_newer(held.folder, before)
    try:
        generations.mkdir(exist_ok=True)
        target = _free_name(generations, seal)
        if not target.exists():
            _build(generations, target, fill, names, seal, base)
        if target.name != before.current:
            _swap(held.folder, before, target.name)
    except (OSError, RuntimeError) as error:
        raise unwritable(held.folder, error) from error


def _refuse_newer(folder: Path, pointer: Pointer) -> None:
    """Refuse to replace the graph of a newer papergraph, even if the marker of the folder does not show its format."""
    try:
        read_generation_seal(folder / "generations" / pointer.current)
    except NewerFormatError as error:
        raise newer(folder, error.found) from error
    except (OSError, ValueError):
        return


def _free_name(generations: Path, seal: Seal) -> Path:
    """Return where the generation is, whole, or may be made: never on a damaged one, which a reader may be reading."""
    name = generation_name(seal_to_json(seal))
    number, target = 1, generations / name
    while target.exists() and not is_whole(target, thorough=True):
        number += 1
        target = generations / f"{name}-{number}"
    return target


def _build(
    generations: Path, target: Path, fill: Callable[[Path], None], names: bytes, seal: Seal, base: Path | None = None
) -> None:
    scratch = generations / f"{SCRATCH}{target.name}"
    try:
        scratch.mkdir()
        fill(scratch / "graph")
        write_durably(scratch / NAMES, names)
        write_durably(scratch / "seal.json", seal_to_json(seal))
        write_durably(scratch / FILES, hash_files(scratch, base))
        if not is_small(sealed := read_files(scratch)):
            note_verified(scratch, file_states(scratch, sealed))
        sync_folder(scratch)
        scratch.rename(target)
        sync_folder(generations)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _write_database(folder: Path, spool: Spool) -> None:
    store = ox.Store(str(folder))
    for part in spool.parts():  # the engine needs eight times as much memory as it loads at once
        store.bulk_load(part, format=ox.RdfFormat.N_QUADS)
    store.flush()
    if (written := len(store)) != spool.quads:
        raise OSError(f"the database stored {written:,} of {spool.quads:,} quads")
    del store  # releases the database's own lock before the folder is renamed


def _swap(folder: Path, before: Pointer, name: str) -> None:
    """Point to the generation `name`, keep the last whole one before it, and remove all others.

    Where nothing tells which was before, as with a damaged pointer, all are kept until the next build.
    """
    whole = is_whole(folder / "generations" / before.current) if before.current else False
    previous = before.current if whole else before.previous
    pointer = Pointer(name, previous if previous != name else "")
    write_pointer(folder, pointer)
    if not pointer.previous:
        return
    for generation in sorted((folder / "generations").iterdir()):
        if generation.name not in {pointer.current, pointer.previous}:
            shutil.rmtree(generation, ignore_errors=True)
