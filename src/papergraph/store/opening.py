"""Opening the current generation for reading."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pyoxigraph as ox

from papergraph.errors import StoreError
from papergraph.store.folder import CURRENT
from papergraph.store.graph import GraphStore
from papergraph.store.names import NameTable
from papergraph.store.seal import Seal, generation_name, seal_from_json, sha256

_TRIES = 5
#: What a damaged file makes of reading it.
DAMAGE = (OSError, ValueError, KeyError, TypeError, RuntimeError)


def open_store(folder: Path, *, verify: bool = False) -> GraphStore:
    """Open the current generation for reading.

    The count of quads, the seal and the table of names are checked always; with `verify`, the digest of all quads too.

    Raises:
        StoreError: if there is no store, or it is damaged; says how to get it back.
    """
    name = current_generation(folder)
    for _ in range(_TRIES):
        try:
            opened = open_generation(folder / "generations" / name)
            break
        except DAMAGE as error:
            before, name = name, current_generation(folder)
            if before == name:
                raise _damaged(folder, str(error)) from error
            # A build swapped the pointer and swept this generation away in between: open the new one.
    else:
        raise _damaged(folder, "its current generation keeps vanishing")
    if verify and opened.digest != opened.seal.digest:
        raise _damaged(folder, "its quads are not those of its seal")
    return opened


def read_seal(folder: Path) -> Seal | None:
    """Return the seal of the current generation, None if there is none that can be read."""
    with contextlib.suppress(StoreError, *DAMAGE):
        return _sealed(folder / "generations" / current_generation(folder))
    return None


def open_generation(generation: Path) -> GraphStore:
    """Open one generation; raises one of `DAMAGE` if it is not what its seal says."""
    seal = _sealed(generation)
    names = (generation / "names.json").read_text(encoding="utf-8")
    if sha256(names) != seal.names:
        raise ValueError("its table of names is not that of its seal")
    store = ox.Store.read_only(str(generation / "graph"))
    # A truncated database opens as an empty one without complaint.
    if (count := len(store)) != seal.quads:
        raise ValueError(f"it holds {count:,} quads, and its seal says {seal.quads:,}")
    return GraphStore(store, seal, NameTable(names))


def _sealed(generation: Path) -> Seal:
    text = (generation / "seal.json").read_text(encoding="utf-8")
    seal = seal_from_json(text)
    if not generation.name.startswith(generation_name(text)):
        raise ValueError("its seal is broken")
    return seal


def current_generation(folder: Path) -> str:
    """Return the name of the generation that readers open; raises StoreError if there is none."""
    try:
        return (folder / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(
            f"{folder}: there is no graph here; make one with: papergraph build NOTES --store {folder}"
        ) from error
    except (OSError, ValueError) as error:
        raise _damaged(folder, str(error)) from error


def _damaged(folder: Path, reason: str) -> StoreError:
    return StoreError(
        f"{folder}: the graph is damaged ({reason}); make it anew with: papergraph build NOTES --store {folder}"
    )
