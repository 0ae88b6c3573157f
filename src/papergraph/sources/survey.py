"""What a folder holds, as far as it matters for first settings: notes, their languages, a vault, bibliographies."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from papergraph.sources.find import find_notes
from papergraph.text.folding import is_chinese

#: How much of how many notes is looked at to tell languages.
_MOST_NOTES, _MOST_BYTES = 400, 8_000
#: What many folders have at the top that are not for reading notes.
_NO_NOTES = re.compile(
    r"(?:readme|changelog|contributing|license|licence|todo|security|code_of_conduct)\b", re.IGNORECASE
)
#: Folders of notes that are named one by one; where there are more, the whole folder is.
_MOST_PLACES = 4
#: Share of Chinese characters among letters from which a note is in Chinese.
_CHINESE = 0.2
_MARKERS = {".obsidian": "Obsidian", "logseq/config.edn": "Logseq"}
_MOST_LIBRARIES = 10


@dataclass(frozen=True, slots=True)
class Survey:
    """What a folder holds."""

    notes: int
    chinese: int
    """Notes in Chinese, or in both languages, of those that were looked at."""
    english: int
    """The others."""
    places: tuple[str, ...]
    """Where the notes are, relative to the folder, with forward slashes; `.` for the folder itself."""
    vault: str = ""
    """The program whose vault it is; empty for none."""
    vault_name: str = ""
    libraries: tuple[str, ...] = ()
    """Bibliographies (.bib), relative to the folder."""


def survey_folder(folder: Path) -> Survey:
    """Return what lies in `folder`; raises OSError if it cannot be listed."""
    names = [(note.name, note.path) for note in find_notes([folder]).notes]
    vault, root = _vault(folder)
    told = [_is_chinese(path) for _, path in names[:_MOST_NOTES]]
    name = (folder / root).resolve().name if vault else ""
    places = (root,) if vault else _places([name for name, _ in names])
    return Survey(len(names), sum(told), len(told) - sum(told), places, vault, name, _libraries(folder))


def _vault(folder: Path) -> tuple[str, str]:
    """Return the program whose vault the folder is, or one of its folders, and where the vault is; "" for none."""
    inside = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir() and not entry.name.startswith("."))
    for place in (".", *inside):
        for marker, program in _MARKERS.items():
            if (folder / place / marker).exists():
                return program, place
    return "", ""


def _places(names: list[str]) -> tuple[str, ...]:
    """Return the folders at the top that hold the notes; `.` if some lie beside them, or in many.

    >>> _places(["README.md", "notes/a.md", "notes/b/c.md"]), _places(["a.md", "old/b.md"])
    (('notes',), ('.',))
    """
    counts = Counter(PurePosixPath(name).parts[0] for name in names if "/" in name)
    beside = [name for name in names if "/" not in name and not _NO_NOTES.match(name)]
    return (".",) if beside or not 0 < len(counts) <= _MOST_PLACES else tuple(sorted(counts))


def _is_chinese(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return False
    letters = [c for c in text if c.isalpha()]
    return sum(map(is_chinese, letters)) > _CHINESE * len(letters)


def _libraries(folder: Path) -> tuple[str, ...]:
    """Return the bibliographies in the folder and in those directly below it."""
    found = [*folder.glob("*.bib"), *folder.glob("[!.]*/*.bib")]
    return tuple(sorted(path.relative_to(folder).as_posix() for path in found if path.is_file())[:_MOST_LIBRARIES])
