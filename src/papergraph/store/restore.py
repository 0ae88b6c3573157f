"""Returning to the generation before the current one."""

from __future__ import annotations

from pathlib import Path

from papergraph.errors import StoreError
from papergraph.store.folder import newer, older, unwritable
from papergraph.store.lock import writing
from papergraph.store.opening import DAMAGE, current_generation, open_generation
from papergraph.store.pointer import Pointer, read_pointer, write_pointer
from papergraph.store.seal import NewerFormatError, OlderFormatError, Seal


def restore_previous(folder: Path) -> Seal:
    """Make the generation before the current one current again, and keep the current one as the one before it.

    Raises:
        BusyError: if a build holds the store.
        StoreError: if there is no store, no previous generation, or a damaged one; then nothing changes.
    """
    _refuse_without_previous(folder)
    with writing(folder, "returning to the previous graph"):
        pointer = read_pointer(folder)
        seal = _whole_seal(folder, pointer.previous)
        try:
            write_pointer(folder, Pointer(pointer.previous, pointer.current))
        except OSError as error:
            raise unwritable(folder, error) from error
    return seal


def _refuse_without_previous(folder: Path) -> None:
    current_generation(folder)  # tells if there is no store, or nothing that could be read of it
    if not read_pointer(folder).previous:
        raise StoreError(f"{folder}: there is no previous graph to restore; nothing was changed")


def _whole_seal(folder: Path, name: str) -> Seal:
    try:
        return open_generation(folder / "generations" / name, thorough=True).seal
    except NewerFormatError as error:
        raise newer(folder, error.found) from error
    except OlderFormatError as error:
        raise older(folder, error.found) from error
    except (*DAMAGE, StoreError) as error:
        raise StoreError(f"{folder}: the previous graph is damaged too ({error}); nothing was changed") from error
