"""Names resolved on the driver, over distinct keys; its tables are broadcast."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from papergraph.resolve.components import KeyedNote
from papergraph.resolve.facts import Facts
from papergraph.resolve.joins import join
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
from papergraph.spark.resolving import (
    ENTITIES,
    PROFILES,
    Names,
    Owners,
    clashing,
    entity_rows,
    profile_rows,
    suffixed,
)
from papergraph.spark.rows import Columns, Row, key_bytes, key_text
from papergraph.spark.stages import Moves, NamedNotes, Stages
from papergraph.spark.writing import Verdicts
from papergraph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

_NO_FACTS = Facts({}, frozenset())


class DriverStages(Stages):
    """Stages that hold all distinct names on the driver, and in each worker."""

    def _keyed(self, extracted: DataFrame) -> DataFrame:
        facts = merge_facts(mapped(extracted, sum_facts, SUM).collect())
        known = Keys.by_facts(facts, Vocabulary(()))
        shared, files = self._share(known), self._files

        def find_keys(rows: Iterator[Row]) -> Iterator[Row]:
            return key_rows(rows, replace(shared.value, vocabulary=vocabulary_of(files)))

        return mapped(extracted, find_keys, KEYED)

    def _entities(self, keyed: DataFrame) -> tuple[NamedNotes, DataFrame, Mapping[str, str]]:
        links, claims = merge_joins(mapped(keyed.select("keys"), sum_joins, SUM).collect())
        partition = join(claims, links)
        linked = {end for link in links for end in (link.hub, link.key)} | claims.keys()
        owners = Owners.of(partition, linked)
        shared = self._share(owners)

        def profile(rows: Iterator[Row]) -> Iterator[Row]:
            return profile_rows(keyed_notes(rows), shared.value)

        profiles = self._profiles(lambda: mapped(keyed, profile, PROFILES))
        apart, files, base = self._apart(partition, profiles), self._files, self._base

        def describe(rows: Iterator[Row]) -> Iterator[Row]:
            keys = Keys.by_facts(_NO_FACTS, vocabulary_of(files))
            return entity_rows(rows, shared.value.vocabulary, apart.value, keys, base)

        entities = self._stage("entities", ENTITIES, lambda: mapped(profiles, describe, ENTITIES))
        iris, others = _iris(entities)
        return _Notes(self._spark, keyed, self._share(Names(owners, {**iris, **others}))), entities, others


@dataclass(frozen=True, slots=True)
class _Notes:
    spark: SparkSession
    keyed: DataFrame
    names: Broadcast[Names]

    def over(self, function: Callable[[Iterable[KeyedNote], Names], Iterable[Row]], columns: Columns) -> DataFrame:
        names = self.names
        return mapped(self.keyed, lambda rows: function(keyed_notes(rows), names.value), columns)

    def judged(
        self,
        function: Callable[[Iterable[KeyedNote], Names, Verdicts], Iterable[Row]],
        columns: Columns,
        moved: Broadcast[Moves],
        relations: DataFrame,
    ) -> DataFrame:
        odd = relations.where("verdict <> ''").select("subject", "predicate", "object", "verdict").collect()
        found = Verdicts(moved.value, {(s, p, o): verdict for s, p, o, verdict in odd})
        names, verdicts = self.names, self.spark.sparkContext.broadcast(found)
        return mapped(self.keyed, lambda rows: function(keyed_notes(rows), names.value, verdicts.value), columns)


def _iris(entities: DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Return the IRI of each entity by its key, and other ones for those that clash."""
    table = entities.select("owner", "iri").toArrow()
    owners, iris = (table.column(number).to_pylist() for number in range(2))
    found = dict(zip(map(key_text, owners), iris, strict=True))
    if not (twice := clashing(found)):
        return found, {}
    rows: Iterable[Row] = entities.where(entities.owner.isin([key_bytes(key) for key in twice])).collect()
    return found, suffixed(rows)
