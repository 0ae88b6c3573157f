"""The stages between extractions and what is written: keys, entities, claims, relations."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from papergraph.assemble.claims import Key
from papergraph.assemble.relations import moves, only_methods
from papergraph.config import Config
from papergraph.resolve.apart import kept_apart, reasons_apart
from papergraph.resolve.components import KeyedNote
from papergraph.resolve.joins import Partition
from papergraph.spark.extracting import KEYED
from papergraph.spark.inputs import mapped
from papergraph.spark.reading import Say
from papergraph.spark.relating import (
    PAIRS,
    RELATIONS,
    TALLIES,
    final_moves,
    merge_tallies,
    pair_rows,
    settle_rows,
    tally_rows,
)
from papergraph.spark.resolving import PROFILES, Names, merge_profiles, named_rows, unpack_profile
from papergraph.spark.rows import Columns, Row, key_text
from papergraph.spark.work import StageName, Work
from papergraph.spark.writing import WRITTEN, Verdicts, note_rows

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

_CLAIM = ("subject", "predicate", "object")
Moves = Mapping[Key, Key]


@dataclass(frozen=True, slots=True)
class SparkGraph:
    """A graph as the stages leave it."""

    written: DataFrame
    """Rows of `WRITTEN`: what each note states."""
    entities: DataFrame
    """Rows of `ENTITIES`."""
    relations: DataFrame
    """Rows of `RELATIONS`."""
    suffixed: Broadcast[Mapping[str, str]]
    """The IRIs of entities that would clash, by the keys that stand for these."""


class NamedNotes(Protocol):
    """Notes whose mentions have entities."""

    def over(self, function: Callable[[Iterable[KeyedNote], Names], Iterable[Row]], columns: Columns) -> DataFrame:
        """Return the rows that a function makes of each partition."""

    def judged(
        self,
        function: Callable[[Iterable[KeyedNote], Names, Verdicts], Iterable[Row]],
        columns: Columns,
        moved: Broadcast[Moves],
        relations: DataFrame,
    ) -> DataFrame:
        """Return the rows that a function makes with what all notes decide on their claims, rows of `RELATIONS`."""


class Stages(ABC):
    """Makes a graph of what notes say, by key; `key` stands for the notes and the settings."""

    def __init__(self, spark: SparkSession, work: Work, config: Config, key: str, say: Say) -> None:
        self._spark = spark
        self._work = work
        self._base = config.base
        self._files = config.vocabulary
        self._key = key
        self._say = say

    def run(self, extracted: DataFrame) -> SparkGraph:
        """Return the graph of rows of `EXTRACTED`."""
        self._say("finding keys")
        keyed = self._stage("keyed", KEYED, lambda: self._keyed(extracted))
        self._say("resolving names")
        notes, entities, suffixed = self._entities(keyed)
        self._say("weighing claims")
        moved, relations = self._relations(notes)
        self._say("stating what each note says")
        base = self._base

        def state(rows: Iterable[KeyedNote], names: Names, verdicts: Verdicts) -> Iterator[Row]:
            return note_rows(rows, names, verdicts, base)

        written = self._stage("written", WRITTEN, lambda: notes.judged(state, WRITTEN, moved, relations))
        return SparkGraph(written, entities, relations, self._share(suffixed))

    @abstractmethod
    def _keyed(self, extracted: DataFrame) -> DataFrame:
        """Return rows of `KEYED`."""

    @abstractmethod
    def _entities(self, keyed: DataFrame) -> tuple[NamedNotes, DataFrame, Mapping[str, str]]:
        """Return the notes, rows of `ENTITIES`, and the IRIs that differ from those of these rows."""

    def _stage(self, name: StageName, columns: Columns, make: Callable[[], DataFrame]) -> DataFrame:
        return self._work.stage(name, self._key, columns, make)

    def _share(self, value: Any) -> Broadcast[Any]:
        return self._spark.sparkContext.broadcast(value)

    def _profiles(self, parts: Callable[[], DataFrame]) -> DataFrame:
        """Return one row of `PROFILES` for each key, of those of partitions."""
        return self._stage("profiles", PROFILES, lambda: mapped(grouped(parts(), "owner"), merge_profiles, PROFILES))

    def _apart(self, partition: Partition, profiles: DataFrame) -> Broadcast[Mapping[str, tuple[str, ...]]]:
        wanted = self._share(kept_apart(partition))

        def pick(rows: Iterator[Row]) -> Iterator[Row]:
            return named_rows(rows, wanted.value)

        found = mapped(profiles, pick, PROFILES).collect() if wanted.value else []
        return self._share(reasons_apart(partition, {key_text(o): unpack_profile(bytes(p)) for o, p in found}))

    def _relations(self, notes: NamedNotes) -> tuple[Broadcast[Moves], DataFrame]:
        base = self._base

        def tally(rows: Iterable[KeyedNote], names: Names) -> Iterator[Row]:
            return tally_rows(rows, names, base)

        def sum_up() -> DataFrame:
            return mapped(grouped(notes.over(tally, TALLIES), *_CLAIM), merge_tallies, TALLIES)

        tallies = self._stage("tallies", TALLIES, sum_up)
        moved = self._share(self._moves(tallies))

        def pair(rows: Iterator[Row]) -> Iterator[Row]:
            return pair_rows(rows, moved.value)

        def settle(rows: Iterator[Row]) -> Iterator[Row]:
            return settle_rows(rows, base)

        def decide() -> DataFrame:
            return mapped(grouped(mapped(tallies, pair, PAIRS), "one", "other"), settle, RELATIONS)

        return moved, self._stage("relations", RELATIONS, decide)

    def _moves(self, tallies: DataFrame) -> dict[Key, Key]:
        """Return which claims of papers become claims of what they introduce; only those meet on the driver."""
        introduced = tallies.where("introduces").select("subject", "object").collect()
        methods = only_methods((paper, thing) for paper, thing in introduced)
        if not methods:
            return {}
        table = self._spark.createDataFrame(list(methods.items()), "paper string, method string")
        keys = tallies.where("movable").select(*_CLAIM)
        ends = keys.join(table, keys.subject == table.paper).selectExpr(
            "method subject", "predicate", "object", "paper"
        )
        both = ends.join(keys, list(_CLAIM)).select("paper", *_CLAIM).collect()
        met = {(end, row.predicate, row.object) for row in both for end in (row.paper, row.subject)}
        return final_moves(moves(met, methods, frozenset()))


def grouped(frame: DataFrame, *columns: str) -> DataFrame:
    """Return rows so that those with equal values in some columns stand together in one partition."""
    return frame.repartition(*columns).sortWithinPartitions(*columns)
