"""Which generation readers open, and which was there before it: the two lines of the file CURRENT.

Both names are in one file, so that one rename changes both or neither.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from papergraph.errors import StoreError
from papergraph.store.folder import replace_durably

CURRENT = "CURRENT"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Names of generations, "" where there is none."""

    current: str = ""
    previous: str = ""


def read_pointer(folder: Path) -> Pointer:
    """Return what CURRENT names; nothing for a file that is missing or cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        return _parse((folder / CURRENT).read_text(encoding="utf-8"))
    return Pointer()


def write_pointer(folder: Path, pointer: Pointer) -> None:
    """Let readers open another generation from now on; raises OSError if the disk refuses."""
    names = (pointer.current, pointer.previous) if pointer.previous else (pointer.current,)
    replace_durably(folder / CURRENT, "".join(f"{name}\n" for name in names))


def pointed(folder: Path) -> str:
    """Return the name of the generation that readers open.

    Raises:
        StoreError: if there is none.
        OSError, ValueError: if CURRENT cannot be read.
    """
    try:
        return _parse((folder / CURRENT).read_text(encoding="utf-8")).current
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(
            f"{folder}: no graph in this folder; build one with: papergraph build NOTES --store {folder}"
        ) from error


def _parse(text: str) -> Pointer:
    current, previous, *_ = (*text.split("\n"), "", "")
    return Pointer(current.strip(), previous.strip())
