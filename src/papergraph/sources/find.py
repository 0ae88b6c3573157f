"""Which files are notes, and which are not fit to be read."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from papergraph.errors import NoteError
from papergraph.model import Problem
from papergraph.sources.copies import find_copies
from papergraph.sources.excluded import excluded_by_patterns, excluded_by_vault
from papergraph.text.marks import BEGIN, looks_made

SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".txt"})
#: Folders that note-taking programs keep for themselves; hidden folders are skipped as well.
_SKIPPED = frozenset({"node_modules", "__pycache__", "bak", "version-files", ".recycle"})
_MAX_BYTES = 2_000_000
#: What programs may have saved our own pages in.
_CODECS = ("utf-8", "utf-16-le", "utf-16-be")
#: How much of a JSON file is looked at, and what blocks of Roam Research hold.
_PEEK = 20_000
_ROAM = re.compile(rb'"(?:children|edit-time|create-time|:block/[a-z]+)"\s*:')
#: Notes in other formats: why they are not read.
_FOREIGN = {
    ".org": "is an Org file, which is not read; export it as Markdown: C-c C-e m m",
    ".lake": "is a Yuque document, which is not read; export it as Markdown",
    ".json": "is a Roam Research export in JSON, which is not read; export it as Markdown: ... > Export All > Markdown",
    ".enex": "is an Evernote export, which is not read; convert it to Markdown",
}


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A file that looks like a note."""

    path: Path
    name: str
    """Relative to the folder that was given, with forward slashes; the file name for a file given by itself."""
    max_bytes: int = _MAX_BYTES
    """Beyond this size it is not read, should it have grown meanwhile."""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies below the paths that were given."""

    notes: tuple[NoteFile, ...]
    """Sorted by name."""
    problems: tuple[Problem, ...] = ()
    """Files and folders inside that could not be used."""
    lost: tuple[Problem, ...] = ()
    """Given paths that do not exist or could not be listed, so that nobody knows what notes they hold."""


def find_notes(paths: Sequence[Path], *, max_bytes: int = _MAX_BYTES, exclude: Sequence[str] = ()) -> Found:
    """Return the notes below `paths` and what could not be used with its reason; each file counts once.

    Only regular files count: a FIFO would hang, a device never ends. Links are followed only to regular files inside
    the folder that is read, and a link to a note that is found anyway says nothing new. Files over `max_bytes` bytes
    are left out, and so is what the patterns `exclude` name below a folder.
    """
    notes: dict[str, NoteFile] = {}
    problems: list[Problem] = []
    lost: list[Problem] = []
    seen: set[str] = set()
    for path in paths:
        try:
            root = os.path.realpath(path, strict=True)
            files = _walk(path, problems, exclude) if Path(root).is_dir() else [(path, path.name)]
        except OSError as error:
            lost.append(Problem(_shown(str(path)), _reason(error, path)))
            continue
        for file, name in files:
            reason = _unfit(file, root, max_bytes)
            if reason:
                problems.append(Problem(_shown(name), reason))
                continue
            real = _real(file, path, root)
            if real in seen or _is_made(file):
                continue
            seen.add(real)
            if name in notes:
                problems.append(Problem(_shown(name), f"a second file of this name, {_shown(str(file))}, was left out"))
            else:
                notes[name] = NoteFile(file, name, max_bytes)
    for name, reason in find_copies({name: note.path for name, note in notes.items()}):
        del notes[name]
        problems.append(Problem(_shown(name), reason, kind="left out"))
    return Found(
        tuple(notes[name] for name in sorted(notes)), tuple(sorted(problems, key=str)), tuple(sorted(lost, key=str))
    )


def is_note_name(path: PurePosixPath) -> bool:
    """Tell whether a file below the folder that is read would be looked at as a note, by its name alone.

    >>> is_note_name(PurePosixPath("a/b.md")), is_note_name(PurePosixPath(".trash/b.md"))
    (True, False)
    """
    folders = path.parts[:-1]
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix.lower() in SUFFIXES and not hidden and not _SKIPPED & set(folders)


def read_bytes(file: NoteFile) -> bytes:
    """Return the bytes of a note.

    Raises:
        NoteError: if the file cannot be read, is no longer a regular file, or has grown beyond its limit.
    """
    try:
        with open(file.path, "rb", opener=_open) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise NoteError("is no regular file")
            data = stream.read(file.max_bytes + 1)
    except OSError as error:
        raise NoteError(f"cannot be read: {error.strerror}") from error
    if len(data) > file.max_bytes:
        raise NoteError(_too_large(max(len(data), status.st_size), file.max_bytes))
    return data


def _open(path: str, flags: int) -> int:
    """Open without waiting for a writer, should a FIFO have taken the place of the note."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _walk(root: Path, problems: list[Problem], exclude: Sequence[str]) -> list[tuple[Path, str]]:
    """Return what has the name of a note below `root`, links last; add folders that cannot be listed to `problems`.

    Raises:
        OSError: if `root` itself cannot be listed.
    """
    found: list[tuple[bool, str, Path]] = []
    by_vault, by_patterns = excluded_by_vault(root), excluded_by_patterns(exclude)
    waiting = [(root, "")]
    while waiting:
        folder, above = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as error:
            if folder == root:
                raise
            problems.append(Problem(_shown(above), f"its notes are missing: it {_reason(error, folder)}"))
            continue
        for entry in entries:
            name = f"{above}/{entry.name}" if above else entry.name
            path = folder / entry.name
            hidden = entry.name.startswith(".")
            is_folder = entry.is_dir(follow_symlinks=False)
            if by_patterns(name, is_folder):
                continue
            if by_vault(name, is_folder):
                problems.append(Problem(_shown(name), "is excluded in the settings of Obsidian", kind="left out"))
                continue
            if not hidden and not is_folder and (reason := _foreign(path)):
                problems.append(Problem(_shown(name), reason, kind="left out"))
            if is_folder and not hidden and entry.name not in _SKIPPED:
                waiting.append((path, name))
            if path.suffix.lower() in SUFFIXES and (is_folder or not hidden):
                found.append((entry.is_symlink(), _shown(name), path))
    return [(path, name) for _, name, path in sorted(found)]


def _foreign(path: Path) -> str:
    """Return why a file holds notes that are not read; the empty string for any other file."""
    suffix = path.suffix.lower()
    if suffix == ".json" and not _looks_like_roam(path):
        return ""
    return _FOREIGN.get(suffix, "")


def _looks_like_roam(path: Path) -> bool:
    """Tell whether a JSON file is a list of pages with blocks, as Roam Research exports it."""
    try:
        with open(path, "rb", opener=_open) as stream:
            start = stream.read(_PEEK) if stat.S_ISREG(os.fstat(stream.fileno()).st_mode) else b""
    except OSError:
        return False
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") and b'"title"' in start and bool(_ROAM.search(start))


def _is_made(path: Path) -> bool:
    """Tell whether a file is a page that papergraph wrote, which repeats what notes say."""
    try:
        status = path.stat()
    except OSError:
        return False
    return _looked_at(str(path), (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=100_000)
def _looked_at(path: str, state: tuple[int, int]) -> bool:
    """Look into a file once for each of its states: the time of its last change, and its size."""
    try:
        with open(path, "rb", opener=_open) as stream:
            data = stream.read(state[1])
    except OSError:
        return False
    codecs = [codec for codec in _CODECS if BEGIN.encode(codec) in data]
    return any(looks_made(data.decode(codec, "replace").removeprefix("\ufeff")) for codec in codecs)


def _real(file: Path, given: Path, root: str) -> str:
    """Return the real path of a file below a given folder, or of a given file; only of links the disk is asked."""
    if file != given and file.is_symlink():
        return os.path.realpath(file)
    below = str(file) if str(given) == "." else str(file)[len(str(given)) :].lstrip(os.sep)
    return os.path.join(root, below) if below else root  # noqa: PTH118  as text, which is much faster


def _shown(name: str) -> str:
    """Return a name that can be written as UTF-8; bytes that are no UTF-8 become escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _unfit(path: Path, root: str, max_bytes: int) -> str:
    """Return why `path` cannot be read as a note, or nothing."""
    try:
        is_link = path.is_symlink()
        if is_link:
            target = Path(os.path.realpath(path, strict=True))
            if Path(root).is_dir() and not target.is_relative_to(root):
                return "is a link that leads out of the folder; copy the file or name it directly"
        status = path.stat()
    except OSError as error:
        return _reason(error, path)
    if stat.S_ISDIR(status.st_mode):
        if is_link:
            return "is a link to a folder; links to folders are not followed"
        return "is a folder with the name of a note; the notes inside it are read"
    if not stat.S_ISREG(status.st_mode):
        return "is no regular file"
    return _too_large(status.st_size, max_bytes) if status.st_size > max_bytes else ""


def _too_large(size: int, max_bytes: int) -> str:
    return f"has {size:,} bytes, more than max_bytes = {max_bytes:,}; split it or raise the limit"


def _reason(error: OSError, path: Path) -> str:
    if error.errno == errno.ELOOP:
        return "is a link that leads to itself"
    if error.errno == errno.ENOENT:
        return "is a broken link" if path.is_symlink() else "does not exist"
    return f"cannot be looked at: {error.strerror}"
