"""The first stages: a look at all notes, then reading them, shard by shard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING

from papergraph.config import Config
from papergraph.errors import NoteError
from papergraph.model import Problem
from papergraph.spark.extracting import EXTRACTED, extract_rows
from papergraph.spark.inputs import NOTES, Inputs, mapped
from papergraph.spark.rows import Row
from papergraph.spark.survey import (
    COLUMNS,
    Surveyed,
    choose_notes,
    choose_sample,
    decoded,
    digest_of_notes,
    shard_of,
    survey_notes,
)
from papergraph.spark.work import Work

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Called with what is being done.
Say = Callable[[str], object]
#: Notes that one task reads, and notes of a shard: a job that was stopped reads finished shards no more.
_TASK, _SHARD, _MOST_SHARDS = 200, 5_000, 16


class Reading:
    """Reads the notes of one job."""

    def __init__(self, spark: SparkSession, work: Work, config: Config, fingerprint: str, say: Say) -> None:
        self._spark = spark
        self._work = work
        self._config = config
        self._say = say
        self._parts = (fingerprint, f"{config.note_seconds} {config.note_megabytes}")

    def run(self, inputs: Inputs) -> tuple[DataFrame, tuple[Surveyed, ...], tuple[Problem, ...]]:
        """Return rows of `EXTRACTED`, the notes that they are of, and why others were left out.

        Raises:
            NoteError: if there are no notes.
        """
        self._say("looking at the notes")
        look = partial(survey_notes, max_bytes=self._config.max_bytes)
        surveyed = [Surveyed(*row) for row in mapped(inputs.notes, look, COLUMNS).collect()]
        chosen, problems = choose_notes(surveyed)
        if not chosen:
            raise NoteError("; ".join(["no notes", *map(str, (*inputs.problems, *problems))]))
        texts = self._texts(inputs, chosen)
        shards = min(_MOST_SHARDS, -(-len(chosen) // _SHARD))
        read = []
        for number in range(shards):
            self._say(f"reading notes: part {number + 1} of {shards}")
            inside = [note for note in chosen if shard_of(note.path, shards) == number]
            notes = inputs.where(f"crc32(cast(path as binary)) % {shards} = {number}")
            read.append(self._shard(notes if len(chosen) == len(surveyed) else _only(notes, inside), inside, texts))
        return reduce(lambda one, other: one.union(other), read), chosen, problems

    def unread(self, extracted: DataFrame) -> list[tuple[str, str]]:
        """Return the notes that could not be read, each with the reason, by path."""
        rows = extracted.where("extraction is null").select("path", "problem").collect()
        return sorted((row.path, row.problem) for row in rows)

    def _texts(self, inputs: Inputs, chosen: Sequence[Surveyed]) -> tuple[str, ...]:
        """Return the texts of the notes by which damaged ones are repaired, sorted."""
        if not (sample := set(choose_sample(chosen))):
            return ()
        notes = inputs.where(inputs.found.path.isin(list(sample)))
        found = _only(notes, [note for note in chosen if note.path in sample]).select("content").collect()
        return tuple(sorted(decoded(bytes(row.content)) for row in found))

    def _shard(self, notes: DataFrame, inside: Sequence[Surveyed], texts: tuple[str, ...]) -> DataFrame:
        helped = texts if any(note.damaged for note in inside) else ()
        shared = self._spark.sparkContext.broadcast(helped)
        config = self._config

        def extract(rows: Iterator[Row]) -> Iterator[Row]:
            return extract_rows(rows, config, shared.value)

        def read(wanted: DataFrame, count: int) -> DataFrame:
            spread = wanted.select("path", "content").repartition(max(1, -(-count // _TASK)), "path")
            return mapped(spread, extract, EXTRACTED)

        def make() -> DataFrame:
            return read(notes, len(inside))

        key = digest_of_notes(inside, *self._parts, *helped)
        known = self._work.has("extracted", key)
        found = self._work.stage("extracted", key, EXTRACTED, make)
        return self._read_again(found, notes, key, read) if known else found

    def _read_again(
        self, found: DataFrame, notes: DataFrame, key: str, read: Callable[[DataFrame, int], DataFrame]
    ) -> DataFrame:
        """Return the rows of an earlier job, with the notes read once more that a busy machine may have kept unread."""
        failed = found.where("extraction is null").select("path")
        if not (count := failed.count()):
            return found

        def make() -> DataFrame:
            return read(notes.join(failed, "path", "left_semi"), count)

        again = self._work.stage("again", key, EXTRACTED, make)
        return found.where("extraction is not null").union(again)


def _only(notes: DataFrame, chosen: Sequence[Surveyed]) -> DataFrame:
    """Return the rows of the notes that were chosen, each once."""
    hashes = {note.path: note.sha256 for note in chosen}
    return mapped(notes, partial(_chosen, hashes=hashes), NOTES).dropDuplicates(["path"])


def _chosen(rows: Iterable[Row], hashes: Mapping[str, str]) -> Iterator[Row]:
    from hashlib import sha256

    for path, content, problem in rows:
        if path in hashes and content is not None and sha256(content).hexdigest() == hashes[path]:
            yield path, content, problem
