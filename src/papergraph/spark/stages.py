"""The stages between extractions and what is written: keys, entities, claims, relations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from papergraph.assemble.relations import moves, only_methods
from papergraph.config import Config
from papergraph.resolve.apart import kept_apart, reasons_apart
from papergraph.resolve.facts import Facts
from papergraph.resolve.joins import Partition, join
from papergraph.resolve.keys import Keys
from papergraph.spark.extracting import (
    KEYED,
    SUM,
    key_rows,
    keyed_notes,
    merge_facts,
    merge_joins,
    sum_facts,
    sum_joins,
    vocabulary_of,
)
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
from papergraph.spark.resolving import (
    ENTITIES,
    PROFILES,
    Names,
    Owners,
    clashing,
    entity_rows,
    merge_profiles,
    named_rows,
    profile_rows,
    suffixed,
    unpack_profile,
)
from papergraph.spark.rows import Columns, Row, key_bytes, key_text
from papergraph.spark.work import StageName, Work
from papergraph.spark.writing import WRITTEN, Verdicts, note_rows
from papergraph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

_NO_FACTS = Facts({}, frozenset())
_CLAIM = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class SparkGraph:
    """A graph as the stages leave it."""

    written: DataFrame
    """Rows of `WRITTEN`: what each note states."""
    entities: DataFrame
    """Rows of `ENTITIES`."""
    relations: DataFrame
    """Rows of `RELATIONS`."""
    names: Broadcast[Names]


class Stages:
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
        names, entities = self._entities(keyed)
        self._say("weighing claims")
        verdicts, relations = self._relations(keyed, names)
        self._say("stating what each note says")
        base = self._base

        def state(rows: Iterator[Row]) -> Iterator[Row]:
            return note_rows(keyed_notes(rows), names.value, verdicts.value, base)

        written = self._stage("written", WRITTEN, lambda: mapped(keyed, state, WRITTEN))
        return SparkGraph(written, entities, relations, names)

    def _stage(self, name: StageName, columns: Columns, make: Callable[[], DataFrame]) -> DataFrame:
        return self._work.stage(name, self._key, columns, make)

    def _share(self, value: Any) -> Broadcast[Any]:
        return self._spark.sparkContext.broadcast(value)

    def _keyed(self, extracted: DataFrame) -> DataFrame:
        facts = merge_facts(mapped(extracted, sum_facts, SUM).collect())
        known = Keys.by_facts(facts, Vocabulary(()))
        shared, files = self._share(known), self._files

        def find_keys(rows: Iterator[Row]) -> Iterator[Row]:
            return key_rows(rows, replace(shared.value, vocabulary=vocabulary_of(files)))

        return mapped(extracted, find_keys, KEYED)

    def _entities(self, keyed: DataFrame) -> tuple[Broadcast[Names], DataFrame]:
        links, claims = merge_joins(mapped(keyed.select("keys"), sum_joins, SUM).collect())
        partition = join(claims, links)
        linked = {end for link in links for end in (link.hub, link.key)} | claims.keys()
        owners = Owners.of(partition, linked)
        shared = self._share(owners)

        def profile(rows: Iterator[Row]) -> Iterator[Row]:
            return profile_rows(keyed_notes(rows), shared.value)

        def sum_up() -> DataFrame:
            return mapped(_grouped(mapped(keyed, profile, PROFILES), "owner"), merge_profiles, PROFILES)

        profiles = self._stage("profiles", PROFILES, sum_up)
        apart, files, base = self._apart(partition, profiles), self._files, self._base

        def describe(rows: Iterator[Row]) -> Iterator[Row]:
            keys = Keys.by_facts(_NO_FACTS, vocabulary_of(files))
            return entity_rows(rows, shared.value.vocabulary, apart.value, keys, base)

        entities = self._stage("entities", ENTITIES, lambda: mapped(profiles, describe, ENTITIES))
        return self._share(Names(owners, _iris(entities))), entities

    def _apart(self, partition: Partition, profiles: DataFrame) -> Broadcast[Mapping[str, tuple[str, ...]]]:
        wanted = self._share(kept_apart(partition))

        def pick(rows: Iterator[Row]) -> Iterator[Row]:
            return named_rows(rows, wanted.value)

        found = mapped(profiles, pick, PROFILES).collect() if wanted.value else []
        return self._share(reasons_apart(partition, {key_text(o): unpack_profile(bytes(p)) for o, p in found}))

    def _relations(self, keyed: DataFrame, names: Broadcast[Names]) -> tuple[Broadcast[Verdicts], DataFrame]:
        base = self._base

        def tally(rows: Iterator[Row]) -> Iterator[Row]:
            return tally_rows(keyed_notes(rows), names.value, base)

        def sum_up() -> DataFrame:
            return mapped(_grouped(mapped(keyed, tally, TALLIES), *_CLAIM), merge_tallies, TALLIES)

        tallies = self._stage("tallies", TALLIES, sum_up)
        moved = self._share(self._moves(tallies))

        def pair(rows: Iterator[Row]) -> Iterator[Row]:
            return pair_rows(rows, moved.value)

        def settle(rows: Iterator[Row]) -> Iterator[Row]:
            return settle_rows(rows, base)

        def decide() -> DataFrame:
            return mapped(_grouped(mapped(tallies, pair, PAIRS), "one", "other"), settle, RELATIONS)

        relations = self._stage("relations", RELATIONS, decide)
        odd = relations.where("verdict <> ''").select(*_CLAIM, "verdict").collect()
        return self._share(Verdicts(moved.value, {(s, p, o): verdict for s, p, o, verdict in odd})), relations

    def _moves(self, tallies: DataFrame) -> dict[Any, Any]:
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


def _grouped(frame: DataFrame, *columns: str) -> DataFrame:
    """Return rows so that those with equal values in some columns stand together in one partition."""
    return frame.repartition(*columns).sortWithinPartitions(*columns)


def _iris(entities: DataFrame) -> dict[str, str]:
    """Return the IRI of each entity by its key, without clashes."""
    table = entities.select("owner", "iri").toArrow()
    owners, iris = (table.column(number).to_pylist() for number in range(2))
    found = dict(zip(map(key_text, owners), iris, strict=True))
    if twice := clashing(found):
        rows: Iterable[Row] = entities.where(entities.owner.isin([key_bytes(key) for key in twice])).collect()
        found.update(suffixed(rows))
    return found
