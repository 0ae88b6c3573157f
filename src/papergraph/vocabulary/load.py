"""Reading vocabulary files: tab-separated, with a header, as data/vocabulary/README.md describes."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from papergraph.errors import ConfigError
from papergraph.model import EntityType
from papergraph.ontology.iri import digest as short_hash
from papergraph.ontology.iri import slug
from papergraph.ontology.kinds import KINDS
from papergraph.resources import list_resources, read_resource
from papergraph.vocabulary.values import Venue, Vocabulary, VocabularyEntry

_TYPES: dict[str, EntityType] = {
    "methods": "Method",
    "models": "Model",
    "datasets": "Dataset",
    "institutions": "Institution",
    "hardware": "Hardware",
    "topics": "Topic",
}
_CHECKED: dict[str, EntityType] = {entity_type: entity_type for entity_type in _TYPES.values()}
_COLUMNS = ("name", "zh", "aliases", "ambiguous", "context", "source")
#: Further columns, and the attribute that each becomes.
_VALUES = {"memory_gb": "memoryGB", "class": "hardwareClass", "vendor": "vendor"}
_KNOWN = (*_COLUMNS, "unless", "exact", "slug", *_VALUES, "kind", "type")
_VENUE = "Venue"
#: In the column `source`: a work of some paper.
_WORK = "paper"


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a vocabulary file, by column."""

    origin: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def wrong(self, message: str) -> ConfigError:
        return ConfigError(f"{self.origin}:{self.line}: {message}")


def load_vocabulary(extra: Sequence[Path] = ()) -> Vocabulary:
    """Return our vocabulary together with the user's files, whose entries come first where both name a thing.

    The type of a file's entries is the first word of its name (methods, models, datasets, institutions, hardware,
    topics, venues), or a `type` column.

    Raises:
        ConfigError: for a file that cannot be read, an unknown column, or a row that does not fit; names file and line.
    """
    entries: dict[str, VocabularyEntry] = {}
    venues: dict[str, Venue] = {}
    digest = hashlib.sha256()
    for origin, text in _files(extra):
        digest.update(f"{PurePath(origin).name}\n{text}\n".encode())
        default = _default_type(origin)
        own: dict[str, VocabularyEntry] = {}
        for row in _rows(origin, text):
            if (row["type"] or default) == _VENUE:
                venues.setdefault(row["name"], _venue(row))
            else:
                entry = _entry(row, row["type"] or default, own)
                own[entry.id] = entry
        entries = {**own, **entries}
    return Vocabulary(tuple(entries[i] for i in sorted(entries)), tuple(venues.values()), digest.hexdigest())


def _files(extra: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for path in extra:
        try:
            yield str(path), path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not a valid vocabulary file: {error}") from error
    for name in list_resources("data/vocabulary", ".tsv"):
        yield f"data/vocabulary/{name}", read_resource(f"data/vocabulary/{name}")


def _rows(origin: str, text: str) -> Iterator[_Row]:
    header: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#") or line.isspace():
            continue
        cells = line.split("\t")
        if not header:
            header = _header(_Row(origin, number, {}), cells)
            continue
        row = _Row(origin, number, dict(zip(header, map(str.strip, cells), strict=False)))
        if len(cells) > len(header):
            raise row.wrong(f"{len(cells)} cells for {len(header)} columns; separate cells with one tab")
        if not row["name"]:
            raise row.wrong("the row has no name")
        yield row


def _header(row: _Row, cells: list[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    for column in header:
        if column not in _KNOWN:
            near = difflib.get_close_matches(column, _KNOWN, 1)
            raise row.wrong(
                f"unknown column {column!r}; " + (f"did you mean {near[0]!r}?" if near else _known_columns())
            )
        if header.count(column) > 1:
            raise row.wrong(f"duplicate column {column!r}")
    if "name" not in header:
        raise row.wrong(f"the header has no column 'name'; {_known_columns()}")
    return header


def _known_columns() -> str:
    return f"known: {', '.join(_KNOWN)}"


def _default_type(origin: str) -> str:
    word = PurePath(origin).stem.split("-")[0].split("_")[0]
    return _VENUE if word == "venues" else _TYPES.get(word, "")


def _venue(row: _Row) -> Venue:
    return Venue(row["name"], _split(row["aliases"]), row["kind"], _split(row["ambiguous"]))


def _entry(row: _Row, entity_type: str, own: dict[str, VocabularyEntry]) -> VocabularyEntry:
    checked = _CHECKED.get(entity_type)
    if checked is None:
        known = ", ".join((*_TYPES.values(), _VENUE))
        raise row.wrong(
            "the type of the entry is unknown; name the file after its type (methods.tsv, ...), or add a column 'type' "
            f"with one of: {known}"
        )
    return VocabularyEntry(
        id=_identify(row, checked, own),
        type=checked,
        name=row["name"],
        zh=row["zh"],
        aliases=_split(row["aliases"]),
        ambiguous=_split(row["ambiguous"]),
        exact=_split(row["exact"]),
        context=_split(row["context"].casefold()),
        source="" if row["source"] == _WORK else row["source"],
        work=bool(row["source"]),
        values=tuple([(key, row[column]) for column, key in _VALUES.items() if row[column]]),
        unless=_split(row["unless"]),
        place=f"{row.origin}:{row.line}",
    )


def _identify(row: _Row, entity_type: EntityType, own: dict[str, VocabularyEntry]) -> str:
    """Return the id of a row; names that differ in case only (ReST, REST) are two things, so the later gets a hash."""
    name = row["name"]
    plain = f"{KINDS[entity_type]}/{slug(row['slug'] or name)}"
    if plain not in own:
        return plain
    if _without_separators(own[plain].name) == _without_separators(name):
        raise row.wrong(f"{name!r} is already listed as {own[plain].name!r}; merge the two rows")
    hashed = f"{plain}-{short_hash(name, length=6)}"
    if hashed in own:
        raise row.wrong(f"{name!r} is already listed; merge the two rows")
    return hashed


def _without_separators(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


def _split(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    return tuple([part for part in map(str.strip, cell.split("|")) if part])
