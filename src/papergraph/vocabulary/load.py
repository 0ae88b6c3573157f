"""Reading vocabulary files: tab-separated, with a header, as data/vocabulary/README.md describes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from papergraph.errors import ConfigError
from papergraph.iri import slug
from papergraph.model import EntityType
from papergraph.resources import list_resources, read_resource
from papergraph.terms import KINDS
from papergraph.vocabulary.values import Venue, Vocabulary, VocabularyEntry

_TYPES: dict[str, EntityType] = {
    "methods": "Method",
    "models": "Model",
    "datasets": "Dataset",
    "institutions": "Institution",
    "hardware": "Hardware",
    "topics": "Topic",
}
_COLUMNS = ("name", "zh", "aliases", "ambiguous", "context", "source")
#: Further columns, and the attribute that each becomes.
_VALUES = {"memory_gb": "memoryGB", "class": "hardwareClass", "vendor": "vendor"}


def load_vocabulary(extra: Sequence[Path] = ()) -> Vocabulary:
    """Return our vocabulary together with the user's files, whose entries come first where both name a thing.

    The type of a file's entries is the first word of its name (methods, models, datasets, institutions, hardware,
    topics, venues), or a `type` column.

    Raises:
        ConfigError: for a file that cannot be read, an unknown column, or a row that does not fit; names file and line.
    """
    entries: dict[str, VocabularyEntry] = {}
    venues: list[Venue] = []
    digest = hashlib.sha256()
    for origin, text in _files(extra):
        digest.update(f"{Path(origin).name}\n{text}\n".encode())
        for line, row in _rows(origin, text):
            if _kind(origin) == "venues" or row.get("type") == "Venue":
                venues.append(Venue(row["name"], _split(row.get("aliases", ""))))
            else:
                entry = _entry(origin, line, row)
                entries.setdefault(entry.id, entry)
    return Vocabulary(tuple(entries[i] for i in sorted(entries)), tuple(venues), digest.hexdigest())


def _files(extra: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for path in extra:
        try:
            yield str(path), path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read as a vocabulary: {error}") from error
    for name in list_resources("data/vocabulary", ".tsv"):
        yield f"data/vocabulary/{name}", read_resource(f"data/vocabulary/{name}")


def _rows(origin: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    header: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not header:
            header = cells
            if unknown := sorted({*header} - {*_COLUMNS, *_VALUES, "type"}):
                raise ConfigError(f"{origin}:{number}: unknown column {unknown[0]!r}; known: {', '.join(_COLUMNS)}")
            continue
        if len(cells) > len(header):
            raise ConfigError(
                f"{origin}:{number}: {len(cells)} cells under {len(header)} columns; separate with one tab"
            )
        row = dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))
        if not row.get("name"):
            raise ConfigError(f"{origin}:{number}: the row has no name")
        if row["name"] in seen:
            raise ConfigError(f"{origin}:{number}: {row['name']!r} stands already on line {seen[row['name']]}")
        seen[row["name"]] = number
        yield number, row


def _kind(origin: str) -> str:
    return Path(origin).stem.split("-")[0].split("_")[0]


def _entry(origin: str, line: int, row: dict[str, str]) -> VocabularyEntry:
    entity_type = row.get("type") or _TYPES.get(_kind(origin), "")
    if entity_type not in _TYPES.values():
        known = ", ".join(_TYPES.values())
        raise ConfigError(f"{origin}:{line}: what type is this? Name the file methods.tsv ... or give a type: {known}")
    checked: EntityType = next(t for t in _TYPES.values() if t == entity_type)
    return VocabularyEntry(
        id=f"{KINDS[checked]}/{slug(row['name'])}",
        type=checked,
        name=row["name"],
        zh=row.get("zh", ""),
        aliases=_split(row.get("aliases", "")),
        ambiguous=_split(row.get("ambiguous", "")),
        context=tuple(c.casefold() for c in _split(row.get("context", ""))),
        source=row.get("source", ""),
        values=tuple((key, row[column]) for column, key in _VALUES.items() if row.get(column)),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (p.strip() for p in cell.split("|")) if part)
