"""Names resolved on the workers, by joins, where distinct names do not fit one machine.

No table of names is held anywhere: each note gets what it consults from a join by key. What reaches the driver are the
things that were kept apart, the entities whose IRIs clash, and the papers that introduce what others say of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from papergraph.assemble.claims import Key
from papergraph.resolve.components import KeyedNote
from papergraph.resolve.facts import Facts
from papergraph.resolve.keys import Keys
from papergraph.spark.components import EDGES, find_components
from papergraph.spark.extracting import KEYED, keyed_notes, vocabulary_of
from papergraph.spark.inputs import mapped
from papergraph.spark.joining import LINKS, OWNED, link_rows, owner_rows, refused, wanted_rows
from papergraph.spark.knowing import consulted_rows, fact_rows, informed_rows, known_rows
from papergraph.spark.resolving import ENTITIES, PROFILES, Names, Owners, entered, entity_rows, profile_rows, suffixed
from papergraph.spark.rows import CONSULTED, VALUES, Columns, Row, filled, key_bytes
from papergraph.spark.stages import Moves, NamedNotes, Stages, grouped
from papergraph.spark.writing import Verdicts, claimed_rows, key_of_claim

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

_NO_FACTS = Facts({}, frozenset())
_NAMED: Columns = {**KEYED, "found": dict}


class WorkerStages(Stages):
    """Stages that hold the names of one note at a time, and of one component."""

    def _keyed(self, extracted: DataFrame) -> DataFrame:
        files = self._files

        def find_keys(rows: Iterator[Row]) -> Iterator[Row]:
            return informed_rows(rows, vocabulary_of(files))

        facts = grouped(mapped(extracted, fact_rows, VALUES), "key")
        known = self._stage("known", VALUES, lambda: mapped(facts, known_rows, VALUES))
        return mapped(consulting(extracted, mapped(extracted, consulted_rows, CONSULTED), known), find_keys, KEYED)

    def _entities(self, keyed: DataFrame) -> tuple[NamedNotes, DataFrame, Mapping[str, str]]:
        owned = self._owned(keyed)
        others = owned.where("owner <> key")
        wanted = mapped(keyed.select("path", "keys"), wanted_rows, CONSULTED)

        def profile(rows: Iterator[Row]) -> Iterator[Row]:
            owners: dict[str, str] = {}
            return profile_rows(keyed_notes(filled(rows, owners, str)), Owners(owners, {}))

        def take_profiles() -> DataFrame:
            return mapped(consulting(keyed, wanted, others.selectExpr("key", "owner value")), profile, PROFILES)

        entities = self._described(self._profiles(take_profiles), owned)
        clashing = entities.groupBy("iri").count().where("count > 1").select("iri")
        apart = suffixed(entities.join(clashing, "iri", "left_semi").select(*ENTITIES).collect())
        iris = self._iris(entities, apart)
        of_others = others.join(iris, others.owner == iris.key).select(others.key, "value")
        named = self._stage("named", _NAMED, lambda: consulting(keyed, wanted, iris.union(of_others)))
        return _Notes(named, self._base), entities, apart

    def _owned(self, keyed: DataFrame) -> DataFrame:
        """Return rows of `OWNED`."""

        def sum_up() -> DataFrame:
            links = mapped(keyed.select("keys"), link_rows, LINKS).groupBy("hub", "key", "tie")
            return links.agg({"times": "sum", "claims": "first"}).toDF(*LINKS)

        links = self._stage("links", LINKS, sum_up)
        edges = links.where("tie >= 0").selectExpr("xxhash64(hub) node", "xxhash64(key) least")

        def keep(number: int, make: Callable[[], DataFrame]) -> DataFrame:
            self._say(f"resolving names: joining keys, round {number}")
            return self._work.stage("joined", f"{self._key} {number}", EDGES, make)

        def resolve() -> DataFrame:
            numbered = links.selectExpr("xxhash64(hub) node", "*")
            found = numbered.join(find_components(edges, keep), "node", "left")
            return mapped(
                grouped(found.selectExpr("coalesce(least, node) component", *LINKS), "component"), owner_rows, OWNED
            )

        return self._stage("owned", OWNED, resolve)

    def _described(self, profiles: DataFrame, owned: DataFrame) -> DataFrame:
        """Return rows of `ENTITIES`."""
        files, base = self._files, self._base
        apart = self._apart(refused(owned.where("refusals is not null").select("refusals").collect()), profiles)

        def describe(rows: Iterator[Row]) -> Iterator[Row]:
            entries: dict[str, str] = {}
            keys = Keys.by_facts(_NO_FACTS, vocabulary_of(files))
            return entity_rows(entered(rows, entries), entries, apart.value, keys, base)

        entries = owned.where("owner = key").select("owner", "entry")
        return self._stage(
            "entities", ENTITIES, lambda: mapped(profiles.join(entries, "owner", "left"), describe, ENTITIES)
        )

    def _iris(self, entities: DataFrame, apart: Mapping[str, str]) -> DataFrame:
        """Return rows of `VALUES`: the IRI of each entity by its key."""
        rows = [(key_bytes(owner), iri) for owner, iri in apart.items()]
        other = self._spark.createDataFrame(rows, "owner binary, other string")
        found = entities.select("owner", "iri").join(other, "owner", "left")
        return found.selectExpr("owner key", "cast(coalesce(other, iri) as binary) value")


@dataclass(frozen=True, slots=True)
class _Notes:
    named: DataFrame
    base: str

    def over(self, function: Callable[[Iterable[KeyedNote], Names], Iterable[Row]], columns: Columns) -> DataFrame:
        def over_rows(rows: Iterator[Row]) -> Iterable[Row]:
            iris: dict[str, str] = {}
            return function(keyed_notes(filled(rows, iris, str)), Names(_OWN, iris))

        return mapped(self.named, over_rows, columns)

    def judged(
        self,
        function: Callable[[Iterable[KeyedNote], Names, Verdicts], Iterable[Row]],
        columns: Columns,
        moved: Broadcast[Moves],
        relations: DataFrame,
    ) -> DataFrame:
        base = self.base

        def ask(rows: Iterator[Row]) -> Iterable[Row]:
            iris: dict[str, str] = {}
            return claimed_rows(filled(rows, iris, str), Names(_OWN, iris), moved.value, base)

        def judge(rows: Iterator[Row]) -> Iterable[Row]:
            iris: dict[str, str] = {}
            found: dict[Key, str] = {}
            notes = keyed_notes(filled(filled(rows, found, key_of_claim), iris, str))
            return function(notes, Names(_OWN, iris), Verdicts(moved.value, found))

        odd = relations.where("verdict <> ''").selectExpr(
            "cast(concat_ws('\n', subject, predicate, object) as binary) key", "cast(verdict as binary) value"
        )
        asked = mapped(self.named, ask, CONSULTED)
        return mapped(consulting(self.named.withColumnRenamed("found", "iris"), asked, odd), judge, columns)


_OWN = Owners({}, {})


def consulting(notes: DataFrame, asked: DataFrame, table: DataFrame) -> DataFrame:
    """Return notes, each with what a table of `VALUES` has under the keys that it asked for in rows of `CONSULTED`."""
    pairs = asked.join(table, "key").selectExpr("path", "struct(key, value) pair")
    found = pairs.groupBy("path").agg({"pair": "collect_list"}).toDF("path", "pairs")
    return notes.join(found.selectExpr("path", "map_from_entries(pairs) found"), "path", "left")
