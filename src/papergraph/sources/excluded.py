"""Folders and notes that the settings of an Obsidian vault exclude from its search: templates, archives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

#: The settings of a vault, below its folder.
VAULT_SETTINGS = ".obsidian/app.json"
_MOST_BYTES = 1_000_000


def excluded_by_vault(root: Path) -> Callable[[str, bool], bool]:
    """Return what tells of a path, and whether it is a folder, if the settings of the vault `root` exclude it.

    Filters that are regular expressions are not followed.
    """
    prefixes = _prefixes(root / VAULT_SETTINGS)

    def is_excluded(name: str, is_folder: bool) -> bool:
        return f"{name}/".startswith(prefixes) if is_folder else name in prefixes

    return is_excluded


def _prefixes(settings: Path) -> tuple[str, ...]:
    if not settings.is_file():
        return ()
    try:
        with settings.open("rb") as stream:
            read = json.loads(stream.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return ()
    listed = read.get("userIgnoreFilters") if isinstance(read, dict) else None
    filters = [f for f in listed if isinstance(f, str)] if isinstance(listed, list) else []
    return tuple(f for f in filters if f.strip("/") and not (f.startswith("/") and f.endswith("/")))
