"""The layout of the map, saved with the store, so that entities keep their positions."""

from __future__ import annotations

from pathlib import Path

from papergraph.page.layout import Kept, read_kept
from papergraph.system.files import write_whole

_NAME = "map.json"


def kept_map(store: Path) -> Kept | None:
    """Return the map that was kept in a store; None if there is none that can be read."""
    try:
        return read_kept((store / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def keep_map(store: Path, text: str) -> None:
    """Keep a map in a store, all of it or nothing.

    Raises:
        OSError: if the folder cannot be written.
    """
    target = store / _NAME
    if target.is_file() and target.read_text(encoding="utf-8", errors="replace") == text:
        return
    write_whole(target, text)
