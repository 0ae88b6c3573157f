"""Which files are notes, and which are not fit to be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from papergraph.model import Problem

SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".txt"})
#: Folders that note-taking programs keep for themselves; hidden folders are skipped as well.
_SKIPPED = frozenset({"node_modules", "__pycache__", "bak", ".recycle"})


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A file that looks like a note."""

    path: Path
    name: str
    """Relative to the folder that was given, with forward slashes; the file name for a file given by itself."""


def find_notes(
    paths: Sequence[Path], *, max_bytes: int = 2_000_000
) -> tuple[tuple[NoteFile, ...], tuple[Problem, ...]]:
    """Return the notes below `paths`, sorted by name, and what could not be used with its reason.

    Only regular files count: a FIFO would hang, a device never ends. Links are followed only to regular files inside
    the folder that is read. Files over `max_bytes` bytes are left out.
    """
    notes: dict[str, NoteFile] = {}
    problems: list[Problem] = []
    for path in paths:
        found = _walk(path) if path.is_dir() else [(path, path.name)]
        for file, name in found:
            reason = _unfit(file, path, max_bytes)
            if reason:
                problems.append(Problem(_shown(name), reason))
            elif name in notes and notes[name].path != file:
                problems.append(Problem(_shown(name), f"a second file of this name, {_shown(str(file))}, was left out"))
            else:
                notes[name] = NoteFile(file, name)
    return tuple(notes[name] for name in sorted(notes)), tuple(sorted(problems, key=str))


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        for name in sorted(folders):
            if Path(name).suffix.lower() in SUFFIXES:
                yield here / name, _relative(here / name, root)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
        for name in sorted(files):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield here / name, _relative(here / name, root)


def _relative(path: Path, root: Path) -> str:
    return _shown(path.relative_to(root).as_posix())


def _shown(name: str) -> str:
    """Return a name that can be written as UTF-8; bytes that are no UTF-8 become escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _unfit(path: Path, root: Path, max_bytes: int) -> str:
    """Return why `path` cannot be read as a note, or nothing."""
    try:
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            target = path.resolve(strict=True)
            if root.is_dir() and not target.is_relative_to(root.resolve()):
                return "is a link that leads out of the folder; copy the file or name it directly"
        status = path.stat()
    except FileNotFoundError:
        return "is a broken link" if path.is_symlink() else "does not exist"
    except OSError as error:
        return f"cannot be looked at: {error.strerror}"
    if stat.S_ISDIR(status.st_mode):
        return "is a folder with the name of a note; the notes inside it are read"
    if not stat.S_ISREG(status.st_mode):
        return "is no regular file"
    if status.st_size > max_bytes:
        return f"has {status.st_size:,} bytes, more than max_bytes = {max_bytes:,}; split it or raise the limit"
    return ""
