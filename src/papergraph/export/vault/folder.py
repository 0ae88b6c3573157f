"""The folder of a vault: only regular files inside it are read, written and removed, whatever links lie there."""

from __future__ import annotations

import codecs
import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papergraph.errors import BusyError, StoreError
from papergraph.system.hold import hold_file

SUFFIX = ".md"
#: Held while pages are written, and then removed.
LOCK = ".papergraph-lock"
_MOST_BYTES = 20_000_000
#: Seconds that another run into the same folder is waited for.
_PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Folder:
    """An existing folder."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> Folder:
        """Make the folder if it is not there.

        Raises:
            StoreError: if it cannot be made, or something else has its name.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{path}: cannot be used as a folder: {error.strerror}") from error
        return cls(Path(os.path.realpath(path)))

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for writing; another run that writes into it is waited for.

        Raises:
            BusyError: if that takes too long.
        """
        try:
            with hold_file(self.path / LOCK, _PATIENCE):
                yield
        except BlockingIOError as error:
            raise BusyError(f"{self.path}: another run writes pages here; wait for it to finish") from error

    def names(self) -> tuple[str, ...]:
        """Return the names of all files in it, sorted; whatever they are, none of them may be taken for a new file."""
        return tuple(sorted(entry.name for entry in os.scandir(self.path) if entry.name != LOCK))

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield name, without suffix, and text of every regular file that may be a page; links are not followed."""
        for name in self.names():
            if name.endswith(SUFFIX) and not name.startswith(".") and (text := self._read(name)) is not None:
                yield name.removesuffix(SUFFIX), text

    def _read(self, name: str) -> str | None:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            handle = os.open(self.path / name, flags)
        except OSError:
            return None
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            return None
        with os.fdopen(handle, "rb") as file:
            data = file.read(_MOST_BYTES + 1)
        codec = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
        try:
            return data.decode(codec) if len(data) <= _MOST_BYTES else None
        except UnicodeDecodeError:
            return None

    def write(self, name: str, text: str) -> None:
        """Write a page, all or not at all; a link of this name would be replaced, and never followed."""
        draft = self.path / f".papergraph-{secrets.token_hex(8)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8"))
            draft.replace(self.path / f"{name}{SUFFIX}")
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise

    def remove(self, name: str) -> None:
        """Remove a page."""
        (self.path / f"{name}{SUFFIX}").unlink()


def links_from(path: Path) -> str:
    """Return what a link needs before the name of a page in `path`: its folder in the vault around it, if there is one.

    A vault is what holds a folder `.obsidian`.
    """
    folder = Path(os.path.realpath(path))
    for vault in folder.parents:
        if (vault / ".obsidian").is_dir():
            inside = folder.relative_to(vault).as_posix()
            return f"{inside}/" if not set(inside) & set("[]|#^") else ""
    return ""
