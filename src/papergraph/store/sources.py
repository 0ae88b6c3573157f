"""How many notes came from each of the paths that the last build was given: an empty one may be an unmounted folder.

The seal cannot tell: its names are relative to the paths. Paths are kept as hashes, so that whoever gets the store does
not learn where its notes lay.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from papergraph.store.folder import replace_durably
from papergraph.store.lock import Held

SOURCES = "sources.json"


def read_sources(folder: Path) -> dict[str, int] | None:
    """Return the number of notes by the key of the path; None if nothing is known."""
    try:
        record = json.loads((folder / SOURCES).read_bytes())
        return {str(key): int(number) for key, number in record.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def write_sources(held: Held, counts: Mapping[Path, int]) -> None:
    """Keep the number of notes by path; a disk that refuses costs only a warning at the next build."""
    with contextlib.suppress(OSError):
        record = {source_key(path): number for path, number in counts.items()}
        replace_durably(held.folder / SOURCES, json.dumps(record, indent=1, sort_keys=True) + "\n")


def source_key(path: Path) -> str:
    """Return under what a path is kept."""
    return hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
