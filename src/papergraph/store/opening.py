"""Opening the current generation for reading."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pyoxigraph as ox

from papergraph.errors import StoreError
from papergraph.store.files import NAMES, find_damage, read_files
from papergraph.store.folder import marked_format, newer, older
from papergraph.store.graph import GraphStore
from papergraph.store.lines import map_file
from papergraph.store.names import NameTable
from papergraph.store.pointer import pointed, read_pointer
from papergraph.store.seal import (
    FORMAT,
    NewerFormatError,
    OlderFormatError,
    Seal,
    generation_name,
    seal_from_json,
    sha256,
)
from papergraph.store.verified import file_states, is_small, note_verified, suspects

TRIES = 5
#: What a damaged file makes of reading it.
DAMAGE = (OSError, ValueError, KeyError, TypeError, RuntimeError, RecursionError)


def current_generation(folder: Path) -> str:
    """Return the name of the generation that readers open; raises StoreError as `open_store`."""
    try:
        return pointed(folder)
    except (OSError, ValueError) as error:
        raise refusal(folder, error) from error


def open_store(folder: Path, *, verify: bool = False) -> GraphStore:
    """Open the current generation for reading.

    The seal and the sizes of all files are checked always; the content of all files where the store is small, else of
    those that changed since they were last found whole. With `verify` the content of all files is checked, and the
    digest of all quads.

    Raises:
        StoreError: if there is no store, it is damaged, or its format is another; says how to get it back.
    """
    name = current_generation(folder)
    for _ in range(TRIES):
        try:
            return open_generation(folder / "generations" / name, thorough=verify)
        except (*DAMAGE, StoreError) as error:
            before, name = name, current_generation(folder)
            if before == name:
                raise refusal(folder, error) from error
            # A build swapped the pointer and swept this generation away in between: open the new one.
    raise refusal(folder, ValueError("its current generation keeps changing"))


def read_names(folder: Path) -> NameTable:
    """Return the table of names of the current generation, unchecked: quick enough for every key that is pressed.

    Raises:
        StoreError: if there is no store.
        OSError, ValueError: if the table cannot be read.
    """
    return NameTable(map_file(folder / "generations" / pointed(folder) / NAMES))


def open_previous(folder: Path) -> GraphStore | None:
    """Open the generation before the current one for reading; None if there is none, or it is damaged."""
    name = read_pointer(folder).previous
    with contextlib.suppress(StoreError, *DAMAGE):
        return open_generation(folder / "generations" / name) if name else None
    return None


def read_seal(folder: Path) -> Seal | None:
    """Return the seal of the current generation, None if there is none that can be read."""
    with contextlib.suppress(StoreError, *DAMAGE):
        return read_generation_seal(folder / "generations" / pointed(folder))
    return None


def open_generation(generation: Path, *, thorough: bool = False, every_file: bool = False) -> GraphStore:
    """Open one generation; raises one of `DAMAGE`, or StoreError, if it is not what its seal says.

    With `every_file` all files are compared with their hashes, with `thorough` all quads with the seal too.
    """
    seal = read_generation_seal(generation)
    check_files(generation, thorough=thorough or every_file)
    names = map_file(generation / NAMES)
    if thorough and sha256(names) != seal.names:
        raise ValueError(f"{NAMES} does not match the seal")
    store = ox.Store.read_only(str(generation / "graph"))
    # A truncated database opens as an empty one without complaint; to count takes longer than all the rest.
    if thorough and (count := len(store)) != seal.quads:
        raise ValueError(f"it holds {count:,} quads, but its seal lists {seal.quads:,}")
    opened = GraphStore(store, seal, NameTable(names))
    if thorough and opened.digest != seal.digest:
        raise ValueError("its quads do not match its seal")
    return opened


def check_files(generation: Path, *, thorough: bool = False) -> None:
    """Check the files of a generation as far as that costs little, all of each with `thorough`; raises `DAMAGE`."""
    sealed = read_files(generation)
    among = set(sealed) if thorough else suspects(generation, sealed)
    states = file_states(generation, sealed)
    for fault in find_damage(generation, sealed, among=among):
        raise ValueError(fault)
    if among and not is_small(sealed):
        note_verified(generation, states)


def read_generation_seal(generation: Path) -> Seal:
    """Return the seal of a generation; raises one of `DAMAGE` if it is broken."""
    if not generation.is_dir():
        raise FileNotFoundError(f"CURRENT names the generation {generation.name!r}, which does not exist")
    text = (generation / "seal.json").read_text(encoding="utf-8")
    if not generation.name.startswith(generation_name(text)):
        raise ValueError("seal.json has changed since it was built (possibly disk corruption)")
    return seal_from_json(text)


def is_whole(generation: Path, *, thorough: bool = False) -> bool:
    """Tell whether a generation can be opened."""
    try:
        open_generation(generation, thorough=thorough)
    except (*DAMAGE, StoreError):
        return False
    return True


def refusal(folder: Path, error: Exception) -> StoreError:
    """Return why a store cannot be opened, and how to get it back; damage and a newer format are distinguished."""
    if isinstance(error, NewerFormatError):
        return newer(folder, error.found)
    if isinstance(error, OlderFormatError):
        return older(folder, error.found)
    if (found := marked_format(folder)) > FORMAT:
        return newer(folder, found)
    reason = error.__cause__ if isinstance(error, StoreError) and error.__cause__ else error
    if isinstance(reason, OSError) and reason.filename:
        reason = ValueError(f"{Path(reason.filename).name}: {reason.strerror}")
    again = f"rebuild it with: papergraph build NOTES --store {folder}"
    previous = read_pointer(folder).previous
    if previous and is_whole(folder / "generations" / previous):
        again += f", or restore the previous graph with: papergraph build --restore --store {folder}"
    return StoreError(f"{folder}: the graph is damaged ({reason}); {again}")
