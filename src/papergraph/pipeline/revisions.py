"""Notes as they were at a revision of a git repository: read from its objects, with nothing checked out.

Git runs as a separate program, is only asked to read, and never runs filters, hooks or commands of the repository.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from papergraph.config import Config
from papergraph.errors import NoteError
from papergraph.model import Graph, Problem
from papergraph.pipeline.steps import Progress, run_pipeline
from papergraph.sources import is_note_name
from papergraph.sources.excluded import VAULT_SETTINGS

#: What `git ls-tree -l` prints of a regular file: mode, type, object, size.
_ENTRY = re.compile(rb"100(?:644|755) blob ([0-9a-f]{40,64}) +(\d+)\t(.+)", re.DOTALL)
#: So that neither the environment nor the settings of a user change what git reads or prints.
_GIT = (
    "git",
    "--no-optional-locks",
    "--no-replace-objects",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
)


@dataclass(frozen=True, slots=True)
class _Blob:
    """A note in the objects of a repository."""

    path: PurePosixPath
    """Relative to the folder that is read; the file name for a file given by itself."""
    key: str


def build_revision(
    paths: Sequence[Path], revision: str, config: Config, *, cache: Path | None = None, progress: Progress | None = None
) -> tuple[Graph, tuple[Problem, ...]]:
    """Return the graph of the notes in `paths` as they were at a `revision`; it is that of a build of them.

    Without a revision, the files as they are now are read. A path that the revision does not have holds no notes.

    Raises:
        NoteError: if git is missing, a path is in no repository, or there is no such revision.
        ConfigError: as a build.
    """
    if not revision:
        return _graph(paths, config, cache, progress)
    with notes_at(paths, revision) as copied:
        return _graph(copied, config, cache, progress)


def _graph(
    paths: Sequence[Path], config: Config, cache: Path | None, progress: Progress | None
) -> tuple[Graph, tuple[Problem, ...]]:
    kept = cache if cache is not None and cache.parent.is_dir() else None
    build = run_pipeline(paths, config, cache=kept, progress=progress)
    return replace(build.graph, threshold=config.threshold), build.problems


def describe_revision(path: Path, revision: str) -> str:
    """Return a revision as people know it: its short name, its day and the first line of its message."""
    folder = _folder(path)
    commit = _commit(folder, revision)
    text = _run(folder, "show", "--no-patch", "--no-show-signature", "--format=%h (%cs) %s", "--end-of-options", commit)
    return text.decode("utf-8", "replace").strip()


@contextmanager
def notes_at(paths: Sequence[Path], revision: str) -> Iterator[tuple[Path, ...]]:
    """Give the notes of a revision as files in a folder of their own until the block ends, by the same names.

    Raises:
        NoteError: as `build_revision`.
    """
    with tempfile.TemporaryDirectory(prefix="papergraph-") as scratch:
        yield tuple(_copy(path, revision, Path(scratch) / str(number)) for number, path in enumerate(paths))


def _copy(path: Path, revision: str, target: Path) -> Path:
    """Write the notes of one path below `target`, and return where."""
    folder = _folder(path)
    commit = _commit(folder, revision)
    prefix = _run(folder, "rev-parse", "--show-prefix").rstrip(b"\n")
    is_file = path.is_file() or (not path.exists() and is_note_name(PurePosixPath(path.name)))
    inside = prefix.rstrip(b"/") if path.is_dir() else prefix + os.fsencode(path.name)
    blobs = list(_listed(folder, commit, inside, is_file=is_file))
    target.mkdir(parents=True)
    for blob, data in zip(blobs, _read(folder, [blob.key for blob in blobs]), strict=True):
        file = target / blob.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return target / path.name if is_file and blobs else target


def _folder(path: Path) -> Path:
    """Return the folder at which git is asked about a path; raises NoteError if there is none."""
    folder = path if path.is_dir() else path.parent
    if not folder.is_dir():
        raise NoteError(f"{path}: does not exist; name folders or files of a git repository")
    return folder


def _commit(folder: Path, revision: str) -> str:
    """Return the name of the commit; raises NoteError if there is none."""
    try:
        return _run(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except NoteError as error:
        if "git repository" in str(error) or "git is not" in str(error):
            raise
        raise NoteError(f"{folder}: no revision {revision!r} in this git repository; see: git log --oneline") from error


def _listed(folder: Path, commit: str, inside: bytes, *, is_file: bool) -> Iterator[_Blob]:
    """Yield the notes below a path of a commit, and what a vault there excludes; links and submodules are none."""
    listing = _run(folder, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *([inside] if inside else []))
    for entry in listing.split(b"\0"):
        if match := _ENTRY.fullmatch(entry):
            whole = match[3]
            below = whole if not inside else whole.removeprefix(inside + b"/")
            relative = PurePosixPath(os.fsdecode(PurePosixPath(os.fsdecode(whole)).name if is_file else below))
            is_wanted = is_note_name(relative) or (not is_file and relative == PurePosixPath(VAULT_SETTINGS))
            if is_wanted and not {"..", ".git"} & set(relative.parts) and not relative.is_absolute():
                yield _Blob(relative, match[1].decode())


def _read(folder: Path, keys: Sequence[str]) -> Iterator[bytes]:
    """Yield the content of each object, in order."""
    if not keys:
        return
    output = _run(folder, "cat-file", "--batch", given="".join(f"{key}\n" for key in keys).encode())
    place = 0
    for key in keys:
        line = output.index(b"\n", place)
        name, kind, size = output[place:line].split()
        if name.decode() != key or kind != b"blob":
            raise NoteError(f"{folder}: git has no object {key}; check the repository with: git fsck")
        place = line + 1 + int(size)
        yield output[line + 1 : place]
        place += 1


def _run(folder: Path, *arguments: str | bytes, given: bytes | None = None) -> bytes:
    """Return what git prints; raises NoteError with its first line if it fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
    }
    command = [*map(os.fsencode, _GIT), b"-C", os.fsencode(folder), *map(os.fsencode, arguments)]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, env=environment)  # noqa: S603  no shell
    except FileNotFoundError as error:
        raise NoteError("git is not installed; revisions of notes are read with it") from error
    if done.returncode:
        first = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        if "not a git repository" in first:
            raise NoteError(f"{folder}: not a git repository; revisions need one, two stores do not")
        raise NoteError(f"{folder}: {first or 'git failed'}")
    return done.stdout
