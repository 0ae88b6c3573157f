"""Verifying a store to the last byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papergraph.errors import StoreError
from papergraph.store.files import FileHash, Pace, find_damage, read_files
from papergraph.store.folder import marked_format, newer
from papergraph.store.opening import DAMAGE, TRIES, current_generation, open_generation, read_generation_seal, refusal
from papergraph.store.seal import FORMAT, NewerFormatError, OlderFormatError
from papergraph.store.verified import file_states, is_small, note_verified


@dataclass(frozen=True, slots=True)
class Verification:
    """What was compared with what was built, and what differs."""

    generation: str
    files: int
    """How many have hashes; 0 where these are damaged."""
    size: int
    """Bytes of all of them."""
    quads: int
    """How many were read; 0 where damaged files made that pointless."""
    damage: tuple[str, ...] = ()
    """One sentence for each thing that differs, with the name of the file."""


def verify_store(folder: Path) -> Verification:
    """Compare every file, the seal, the table of names and every quad of the current generation with what was built.

    Raises:
        StoreError: if there is no store, or a newer papergraph wrote it.
    """
    if (found := marked_format(folder)) > FORMAT:
        raise newer(folder, found)
    for _ in range(TRIES):
        name = current_generation(folder)
        try:
            verified = _verify(folder / "generations" / name)
        except (NewerFormatError, OlderFormatError) as error:
            raise refusal(folder, error) from error
        if not verified.damage or current_generation(folder) == name:
            return verified
        # A build swept this generation away meanwhile: verify the new one.
    raise refusal(folder, ValueError("its current generation keeps changing"))


def verify_files(generation: Path, *, pace: Pace = lambda _: None) -> Iterator[str]:
    """Yield what is wrong with the files of a generation, one sentence for each; every byte is read.

    Raises:
        OSError, ValueError: if its seal or its hashes are damaged.
    """
    sealed = _sealed_files(generation)
    states, whole = file_states(generation, sealed), True
    for fault in find_damage(generation, sealed, among=sealed, pace=pace):
        whole = False
        yield fault
    if whole and not is_small(sealed):
        note_verified(generation, states)


def _verify(generation: Path) -> Verification:
    damage: tuple[str, ...] = ()
    sealed: dict[str, FileHash] = {}
    quads = 0
    try:
        sealed = _sealed_files(generation)
        damage = tuple(verify_files(generation))
        if not damage:
            quads = open_generation(generation, thorough=True).seal.quads
    except (NewerFormatError, OlderFormatError):
        raise
    except (*DAMAGE, StoreError) as error:
        damage = (str(error),)
    return Verification(generation.name, len(sealed), sum(f.size for f in sealed.values()), quads, damage)


def _sealed_files(generation: Path) -> dict[str, FileHash]:
    read_generation_seal(generation)
    return read_files(generation)
