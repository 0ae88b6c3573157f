"""Which files of a large generation were found whole, and as of when: opening reads only what changed since.

The record costs time when it is lost, and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path

from papergraph.store.files import FileHash

VERIFIED = "verified.json"
#: Generations of up to so many bytes are read whole whenever they are opened: that takes about 10 ms.
SMALL = 16_000_000

#: Size in bytes and time of change in ns, by name.
States = dict[str, tuple[int, int]]


def suspects(generation: Path, sealed: Mapping[str, FileHash]) -> set[str]:
    """Return the files whose content must be read before it may be trusted."""
    if is_small(sealed):
        return set(sealed)
    known = _read(generation)
    return {name for name, state in file_states(generation, sealed).items() if known.get(name) != state}


def is_small(sealed: Mapping[str, FileHash]) -> bool:
    """Tell whether reading all files takes next to no time."""
    return sum(file.size for file in sealed.values()) <= SMALL


def file_states(generation: Path, names: Collection[str]) -> States:
    """Return the states of files; to be taken before they are read, so that a later change shows."""
    states: States = {}
    for name in names:
        with contextlib.suppress(OSError):
            state = (generation / name).stat()
            states[name] = (state.st_size, state.st_mtime_ns)
    return states


def note_verified(generation: Path, states: States) -> None:
    """Note that files with these states are whole; a disk that refuses costs only time."""
    scratch = generation / f"{VERIFIED}.{os.getpid()}.new"
    with contextlib.suppress(OSError):
        scratch.write_text(json.dumps(states, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        scratch.replace(generation / VERIFIED)


def _read(generation: Path) -> States:
    try:
        record = json.loads((generation / VERIFIED).read_bytes())
        return {name: (state[0], state[1]) for name, state in record.items()}
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return {}
