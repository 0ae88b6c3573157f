"""When notes change: found by looking again and again, which works on every file system and needs no package.

A look at 2,000 notes takes some hundredths of a second. A change counts only when the next look finds nothing more, so
that an editor that writes a file in steps, or a sync of many files, causes one rebuild and not many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from papergraph.sources import find_notes

#: Seconds between two looks.
INTERVAL = 0.5
#: Looks after which a change counts even though there are ever more.
_MOST_WAITING = 20

Snapshot = dict[str, tuple[int, int]]


def watch_notes(
    paths: Sequence[Path],
    known: Snapshot,
    *,
    extra: Sequence[Path] = (),
    wait: Callable[[float], bool],
) -> Iterator[None]:
    """Yield whenever the notes below `paths`, or one of the `extra` files, have changed and come to rest.

    `known` is what `look` saw before the notes were last read; `wait` lets so many seconds pass, and returns whether
    the watch goes on.
    """
    while wait(INTERVAL):
        seen = look(paths, extra)
        if seen == known:
            continue
        for _ in range(_MOST_WAITING):
            if not wait(INTERVAL):
                return
            if (now := look(paths, extra)) == seen:
                break
            seen = now
        if seen != known:
            known = seen
            yield


def look(paths: Sequence[Path], extra: Sequence[Path] = ()) -> Snapshot:
    """Return time of change in ns and size of every note; a file that vanishes meanwhile is left out."""
    found: Snapshot = {}
    notes = find_notes(paths).notes
    for name, path in [*((n.name, n.path) for n in notes), *((str(p), p) for p in extra)]:
        try:
            state = path.stat()
        except OSError:
            continue
        found[name] = (state.st_mtime_ns, state.st_size)
    return found
