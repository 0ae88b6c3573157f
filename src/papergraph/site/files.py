"""The folder of a site: what changed is written, what is no longer made is removed, nothing else is touched."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from papergraph.errors import BusyError, ConfigError
from papergraph.system.hold import hold_file

#: The list of our files, with what they held; hidden, so that hosts leave it out.
MANIFEST = ".papergraph-site.json"
#: Held while a site is written, and then removed.
LOCK = ".papergraph-lock"
#: Seconds that another run into the same folder is waited for.
_PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files of a site."""

    written: int
    unchanged: int
    removed: int
    kept: tuple[str, ...] = ()
    """Files that are no longer made and that somebody has edited; they stay."""

    @property
    def files(self) -> int:
        """How many files the site has."""
        return self.written + self.unchanged


class Folder:
    """A folder with a site in it, perhaps among other files."""

    def __init__(self, path: Path) -> None:
        """Read what of the folder is ours.

        Raises:
            ConfigError: if the list of our files cannot be read.
        """
        self._path = path
        self._ours, self._made_from = _read(path / MANIFEST)

    def is_current(self, made_from: str) -> bool:
        """Tell whether the folder holds the whole site that a run has made from this, and nobody has changed it."""
        return self._made_from == made_from and all(
            place.is_file() and _digest(place) == digest
            for place, digest in ((self._path / name, digest) for name, digest in self._ours.items())
        )

    @property
    def files(self) -> int:
        """How many files of the folder are ours."""
        return len(self._ours)

    def claim(self, names: Iterable[str]) -> None:
        """Make sure that these files are ours or new, before any is written.

        Raises:
            ConfigError: for a file that papergraph did not make, and for a link that leads out of the folder.
        """
        names = list(names)
        for folder in sorted({str(above) for name in names for above in PurePosixPath(name).parents}):
            place = self._path / folder
            if (place.exists() or place.is_symlink()) and not place.is_dir():
                raise ConfigError(f"{place}: not a folder; move it, or choose another folder with -o")
            self._check_inside(place)
        for name in names:
            place = self._path / name
            if name not in self._ours and (place.exists() or place.is_symlink()):
                raise ConfigError(f"{place}: not made by papergraph; move it, or choose another folder with -o")

    def write(self, files: Iterable[tuple[str, bytes]], names: Iterable[str], made_from: str = "") -> Written:
        """Write the files, whose names are known, and remove those of ours that are not among them.

        Another run that writes into the folder is waited for. What the site is `made_from` is kept for `is_current`.

        Raises:
            ConfigError: as `claim`.
            BusyError: if another run writes for too long.
            OSError: if a file cannot be written; the next run goes on from there.
        """
        names = set(names)
        try:
            self.claim(sorted(names))
        except ConfigError:
            if not (self._path / LOCK).exists():  # else another run may have made it just now: see again below
                raise
        self._path.mkdir(parents=True, exist_ok=True)
        with self._held():
            return self._write(files, names, made_from)

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the folder, and read again what of it is ours: another run may have written before."""
        try:
            with hold_file(self._path / LOCK, _PATIENCE):
                self._ours, self._made_from = _read(self._path / MANIFEST)
                yield
        except BlockingIOError as error:
            raise BusyError(f"{self._path}: another run writes a site here; wait for it to finish") from error

    def _write(self, files: Iterable[tuple[str, bytes]], names: Collection[str], made_from: str) -> Written:
        self.claim(sorted(names))
        self._keep({**dict.fromkeys(names, ""), **self._ours})  # what an interrupted run has made is ours too
        made: dict[str, str] = {}
        written = 0
        for name, content in files:
            made[name] = hashlib.sha256(content).hexdigest()
            written += self._put(name, content, made[name])
        removed, kept = self._remove(sorted(self._ours.keys() - made.keys()))
        self._keep(made, made_from)
        return Written(written, len(made) - written, removed, tuple(kept))

    def _put(self, name: str, content: bytes, digest: str) -> bool:
        """Write a file unless it holds the same already; tell whether it was written."""
        place = self._path / name
        if place.is_file() and place.stat().st_size == len(content) and _digest(place) == digest:
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        self._check_inside(place.parent)
        _put_whole(place, content)
        return True

    def _check_inside(self, folder: Path) -> None:
        if not self._is_inside(folder):
            raise ConfigError(f"{folder}: leads out of the folder; remove the link, or choose another folder with -o")

    def _is_inside(self, folder: Path) -> bool:
        return folder.resolve().is_relative_to(self._path.resolve())

    def _remove(self, names: Iterable[str]) -> tuple[int, list[str]]:
        """Remove files that are no longer made; return how many, and those that were edited, which stay."""
        removed, kept = 0, []
        for name in names:
            place = self._path / name
            if not place.is_file() or not self._is_inside(place.parent):
                continue
            if self._ours[name] and _digest(place) != self._ours[name]:
                kept.append(name)
                continue
            place.unlink()
            removed += 1
            for folder in list(PurePosixPath(name).parents)[:-1]:
                with contextlib.suppress(OSError):  # it holds something else
                    (self._path / folder).rmdir()
        return removed, kept

    def _keep(self, files: Mapping[str, str], made_from: str = "") -> None:
        kept = {"papergraph": "site", "from": made_from, "files": dict(sorted(files.items()))}
        text = json.dumps(kept, indent=0, ensure_ascii=False)
        _put_whole(self._path / MANIFEST, f"{text}\n".encode())


def _put_whole(place: Path, content: bytes) -> None:
    """Write a file all or not at all, beside others who may write the same; a link in its place is not followed."""
    draft = place.with_name(f".papergraph-{secrets.token_hex(8)}")
    try:
        draft.write_bytes(content)
        draft.replace(place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(manifest: Path) -> tuple[dict[str, str], str]:
    """Return our files with their hashes, and what they were made from; a name that leads elsewhere is not ours."""
    if not manifest.is_file():
        return {}, ""
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
        return dict(_own(found["files"].items())), str(found.get("from", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{manifest}: damaged; remove the folder's pages and this file, and try again") from error


def _own(files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, digest in files:
        path = PurePosixPath(name)
        if not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name:
            yield str(path), str(digest)
