"""Where the notes come from: a folder or a file of this machine, any other folder, or a table of paths and texts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError
from papergraph.model import Problem
from papergraph.sources import NoteFile, find_notes, is_note_name, read_bytes
from papergraph.sources.excluded import excluded_by_patterns
from papergraph.spark.files import Files
from papergraph.spark.rows import Columns, Row, ddl, over_rows, to_batch

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

NOTES: Columns = {"path": str, "content": bytes, "problem": str}
#: A file is named by its bytes, which need not be UTF-8.
_FILES: Columns = {"path": str, "file": bytes}
#: How tables are read, by the end of their name.
_TABLES = {".parquet": "parquet", ".jsonl": "json", ".ndjson": "json", ".jsonl.gz": "json"}


@dataclass(frozen=True, slots=True)
class Inputs:
    """The notes that were given, not yet read."""

    found: DataFrame
    """Rows with a path."""
    read: Callable[[DataFrame], DataFrame]
    """Makes rows of `NOTES` of those."""
    problems: tuple[Problem, ...] = ()
    """Files that could not be used."""

    @property
    def notes(self) -> DataFrame:
        """Return rows of `NOTES`."""
        return self.read(self.found)

    def where(self, condition: str | Column) -> DataFrame:
        """Return rows of `NOTES` for paths of which something holds; files of this machine are read for these only."""
        return self.read(self.found.where(condition))


def find_inputs(spark: SparkSession, address: str, config: Config) -> Inputs:
    """Return the notes at an address: below a folder, in a file, or in a table with the columns path and content.

    A folder of this machine is searched as a local build does it.

    Raises:
        NoteError: if there is nothing.
        ConfigError: for a table without these columns.
    """
    form = next((form for end, form in _TABLES.items() if address.rstrip("/").endswith(end)), "")
    if "://" not in address and not form:
        return _local(spark, Path(address), config)
    if not Files(spark).exists(address):
        raise NoteError(f"{address}: does not exist")
    return Inputs(_table(spark, address, form) if form else _files(spark, address, config), lambda notes: notes)


def _local(spark: SparkSession, path: Path, config: Config) -> Inputs:
    found = find_notes([path], max_bytes=config.max_bytes, exclude=config.exclude)
    if found.lost:
        raise NoteError("; ".join(map(str, found.lost)))
    rows = [(note.name, os.fsencode(note.path.absolute())) for note in found.notes]
    frame = _frame(spark, rows, _FILES)
    read = partial(_read, max_bytes=config.max_bytes)
    return Inputs(frame, lambda files: mapped(files, read, NOTES), found.problems)


def _read(files: Iterable[Row], max_bytes: int) -> Iterator[Row]:
    for name, file in files:
        try:
            yield name, read_bytes(NoteFile(Path(os.fsdecode(file)), name, max_bytes)), ""
        except NoteError as error:
            yield name, None, str(error)


def _files(spark: SparkSession, address: str, config: Config) -> DataFrame:
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    root = Files(spark).full(address)
    named = partial(_named, root=root, exclude=config.exclude)
    return mapped(reader.load(address).select("path", "content"), named, NOTES)


def _named(files: Iterable[Row], root: str, exclude: tuple[str, ...]) -> Iterator[Row]:
    """Yield the notes among files, by their paths below a folder."""
    for file, content in files:
        name = _below(file, root)
        if is_note_name(PurePosixPath(name)) and not is_excluded(name, exclude):
            yield name, content, ""


def _below(file: str, root: str) -> str:
    """Return the path of a file below a folder, however many slashes its file system is written with.

    >>> _below("file:///notes/a/b.md", "file:/notes"), _below("s3a://x/notes/b.md", "s3a://x/notes/b.md")
    ('a/b.md', 'b.md')
    """
    path, above = (text.replace(":///", ":/").rstrip("/") for text in (file, root))
    return path.removeprefix(above).lstrip("/") or PurePosixPath(path).name


def is_excluded(name: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether the patterns of the settings exclude a note, or a folder above it.

    >>> is_excluded("templates/a.md", ("templates/",)), is_excluded("b.md", ("templates/",))
    (True, False)
    """
    test = excluded_by_patterns(patterns)
    folders = [str(folder) for folder in PurePosixPath(name).parents if str(folder) != "."]
    return test(name, False) or any(test(folder, True) for folder in folders)


def _table(spark: SparkSession, address: str, form: str) -> DataFrame:
    frame: DataFrame = getattr(spark.read, form)(address)
    if lacking := [name for name in ("path", "content") if name not in frame.columns]:
        raise ConfigError(f"{address}: has no column {' and no column '.join(lacking)}; columns: {frame.columns}")
    return frame.selectExpr("cast(path as string) path", "cast(content as binary) content", "'' problem")


def mapped(frame: DataFrame, function: Any, columns: Columns) -> DataFrame:
    """Return the rows that a function over rows makes of each partition."""
    return frame.mapInArrow(over_rows(function, columns), ddl(columns))


def _frame(spark: SparkSession, rows: list[Row], columns: Columns) -> DataFrame:
    import pyarrow

    return spark.createDataFrame(pyarrow.Table.from_batches([to_batch(rows, columns)]))
