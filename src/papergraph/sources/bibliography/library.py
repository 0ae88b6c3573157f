"""The libraries of the settings, read: every work of every file, and what could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from papergraph.errors import NoteError
from papergraph.model import Problem
from papergraph.sources.bibliography.bibtex import read_bibtex
from papergraph.sources.bibliography.csl import read_csl
from papergraph.sources.bibliography.work import Work
from papergraph.sources.bibliography.zotero import NAME, read_zotero
from papergraph.sources.bibliography.zotero_folder import DATABASE, find_database
from papergraph.sources.encoding import decode

#: What the settings call the library of Zotero's default profile.
ZOTERO = NAME
_MOST_BYTES = 500_000_000
_JSON = frozenset({".json", ".csljson"})


@dataclass(frozen=True, slots=True)
class Library:
    """What all bibliographies of the user record."""

    works: tuple[Work, ...] = ()
    problems: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """The text of each file; what a database says of an item stands for its text."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the bytes of each file, or of that text."""

    @property
    def keys(self) -> frozenset[str]:
        """Every citation key."""
        return frozenset(key for work in self.works for key in work.keys)


def read_library(entries: Sequence[str]) -> Library:
    """Return the works of `entries`: paths of .bib and .json files and of Zotero's database, or the word `zotero`.

    What cannot be read becomes a problem, and costs nothing else.

    Raises:
        ConfigError: if a .bib file is given and the package that reads it is not installed.
    """
    library = Library()
    for entry, name in names_of(tuple(dict.fromkeys(entries))).items():
        try:
            read = _read_database(path) if (path := _database(entry)) else _read_file(Path(entry), name)
        except NoteError as error:
            read = Library(problems=(Problem(name, str(error)),))
        library = Library(
            library.works + read.works,
            library.problems + read.problems,
            {**library.texts, **read.texts},
            {**library.hashes, **read.hashes},
        )
    return library


def _read_database(path: Path) -> Library:
    works = read_zotero(path)
    texts = {work.file: work.summary for work in works}
    hashes = {work.file: hashlib.sha256(repr(work).encode("utf-8", "replace")).hexdigest() for work in works}
    return Library(works, (), texts, hashes)


def _read_file(path: Path, name: str) -> Library:
    data = _read(path)
    text = decode(data)[0]
    read = read_csl if path.suffix.lower() in _JSON else read_bibtex
    works, problems = read(text, name)
    return Library(works, problems, {name: text}, {name: hashlib.sha256(data).hexdigest()})


def library_files(entries: Sequence[str]) -> tuple[Path, ...]:
    """Return the files that a change of the library would change."""
    found = ((_database(entry) or Path(entry)) for entry in entries if entry != ZOTERO or find_database())
    return tuple(found)


def names_of(entries: Sequence[str]) -> dict[str, str]:
    """Return how evidence calls each library: by its file, with as many folders as tell two files apart.

    >>> list(names_of(["/home/me/a/refs.bib", "/home/me/b/refs.bib", "/x/own.bib", "zotero"]).values())
    ['a/refs.bib', 'b/refs.bib', 'own.bib', 'zotero']
    """
    parts = {entry: Path(entry).parts for entry in entries}
    depth = dict.fromkeys(entries, 1)
    for _ in range(max(map(len, parts.values()), default=0)):
        shown = {entry: "/".join(parts[entry][-depth[entry] :]) for entry in parts}
        clashing = [e for e in parts if sum(name == shown[e] for name in shown.values()) > 1]
        if not clashing:
            break
        for entry in clashing:
            depth[entry] = min(depth[entry] + 1, len(parts[entry]))
    return {entry: "/".join(p.strip("/\\") for p in parts[entry][-depth[entry] :]) for entry in parts}


def _database(entry: str) -> Path | None:
    """Return the database of Zotero that an entry names; None for a file of another kind.

    Raises:
        NoteError: if Zotero's own place is asked for and has none.
    """
    if entry == ZOTERO:
        if found := find_database():
            return found
        raise NoteError("no database of Zotero was found; name the file zotero.sqlite in its data folder")
    path = Path(entry)
    if path.is_dir():
        return path / DATABASE
    return path if path.suffix.lower() == ".sqlite" else None


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise NoteError("is no regular file" if path.exists() else "does not exist; correct the library setting")
        if (size := path.stat().st_size) > _MOST_BYTES:
            raise NoteError(f"has {size:,} bytes, more than {_MOST_BYTES:,}; split it")
        return path.read_bytes()
    except OSError as error:
        raise NoteError(f"cannot be read: {error.strerror}") from error


def by_file(works: Sequence[Work]) -> Iterator[tuple[str, list[Work]]]:
    """Yield the works of each file, by its name."""
    files: dict[str, list[Work]] = {}
    for work in works:
        files.setdefault(work.file, []).append(work)
    yield from sorted(files.items())
