"""The folder that a job fills: sorted parts of N-Quads, Parquet tables, and a manifest when all of it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from papergraph.errors import ConfigError
from papergraph.export.rows import ENTITIES, EVIDENCE
from papergraph.model import Problem
from papergraph.spark.files import Files
from papergraph.spark.inputs import mapped
from papergraph.spark.manifest import PARTS, Manifest, Part, count_lines, is_manifest, sum_parts
from papergraph.spark.resolving import described_entities
from papergraph.spark.rows import Columns, Row, ddl
from papergraph.spark.stages import SparkGraph
from papergraph.spark.work import WORK, is_stage
from papergraph.spark.writing import (
    CLAIMED,
    LINES,
    PROBLEM,
    PROBLEMS,
    QUAD,
    SENTENCE,
    entity_lines,
    entity_table,
    packed_rows,
    problem_row,
    relation_lines,
    relation_table,
    unique_lines,
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MANIFEST, QUADS = "manifest.json", "nquads"
#: Lines of a part, about, and of an entity or a relation.
_PART, _LINES_OF_THING = 1_000_000, 9


class Output:
    """The folder of a job."""

    def __init__(self, spark: SparkSession, address: str) -> None:
        self._spark = spark
        self._files = Files(spark)
        self._address = address

    def open(self) -> None:
        """Make the folder; what an earlier job wrote into it stays until `write`.

        Raises:
            ConfigError: if it holds files that no job wrote.
        """
        if not self._is_ours():
            raise ConfigError(
                f"{self._address}: holds files that papergraph spark did not write; "
                "choose another folder with -o, or move these files away"
            )
        self._files.make_folder(self._address)

    def _is_ours(self) -> bool:
        """Tell whether a job may write here: nothing is here, or what a job left, finished or not."""
        if not self._files.exists(self._address):
            return True
        names = {name for name, _ in self._files.names(self._address)}
        if MANIFEST in names:
            return is_manifest(self._files.read(f"{self._address}/{MANIFEST}"))
        stages = self._files.names(f"{self._address}/{WORK}") if WORK in names else []
        return names <= {WORK} or any(is_stage(name) for name, _ in stages)

    def write(self, graph: SparkGraph, problems: Sequence[Problem], made: Manifest) -> Manifest:
        """Write all of a graph, and last the manifest, which is returned; without one a folder holds no graph."""
        self._files.remove(f"{self._address}/{MANIFEST}")
        parts, digest = self._write_quads(_lines(graph, made), _about(graph))
        suffixed = graph.suffixed

        def describe(rows: Iterator[Row]) -> Iterator[Row]:
            return entity_table(described_entities(rows, suffixed.value))

        entities = self._table("entities", mapped(graph.entities, describe, ENTITIES))
        evidence = self._table("evidence", _packed(graph.written, SENTENCE, EVIDENCE))
        claimed = mapped(graph.relations, partial(relation_table, threshold=made.threshold), CLAIMED)
        relations = self._table("relations", _labelled(claimed, entities, evidence))
        given = self._spark.createDataFrame([problem_row(problem) for problem in problems], ddl(PROBLEMS))
        found = self._table("problems", given.union(_packed(graph.written, PROBLEM, PROBLEMS)).distinct())
        manifest = replace(
            made,
            quads=sum(part.quads for part in parts),
            digest=digest,
            entities=_counts(entities, "type"),
            relations=_counts(relations, "predicate"),
            problems=_counts(found, "kind"),
            parts=parts,
            tables=("entities.parquet", "evidence.parquet", "problems.parquet", "relations.parquet"),
        )
        self._files.write(f"{self._address}/{MANIFEST}", manifest.to_json())
        return manifest

    def _table(self, name: str, frame: DataFrame) -> DataFrame:
        path = f"{self._address}/{name}.parquet"
        frame.write.mode("overwrite").parquet(path)
        return self._spark.read.parquet(path)

    def _write_quads(self, lines: DataFrame, about: int) -> tuple[tuple[Part, ...], str]:
        """Write about so many lines, sorted over all parts, and return the parts and the digest of what is in them."""
        scratch, folder = f"{self._address}/{QUADS}.tmp", f"{self._address}/{QUADS}"
        ranges = lines.repartitionByRange(max(1, -(-about // _PART)), "line").sortWithinPartitions("line")
        mapped(ranges, unique_lines, LINES).write.mode("overwrite").text(scratch)
        self._files.remove(folder)
        self._files.make_folder(folder)
        sizes = [(name, size) for name, size in self._files.names(scratch) if name.startswith("part-") and size]
        for number, (name, _) in enumerate(sizes):
            self._files.move(f"{scratch}/{name}", f"{folder}/{_part_name(number)}")
        self._files.remove(scratch)
        read = self._spark.read.text(folder).selectExpr("input_file_name() part", "value line")
        counts, digest = sum_parts(mapped(read, count_lines, PARTS).collect())
        named = ((_part_name(number), size) for number, (_, size) in enumerate(sizes))
        return tuple(Part(f"{QUADS}/{name}", counts[name], size) for name, size in named), digest


def _part_name(number: int) -> str:
    return f"part-{number:05}.nq"


def _lines(graph: SparkGraph, made: Manifest) -> DataFrame:
    """Return all lines of N-Quads, in any order."""
    suffixed, base, threshold = graph.suffixed, made.base, made.threshold

    def of_entities(rows: Iterator[Row]) -> Iterator[Row]:
        return entity_lines(described_entities(rows, suffixed.value))

    def of_relations(rows: Iterable[Row]) -> Iterator[Row]:
        return relation_lines(rows, threshold, base)

    notes = graph.written.where(graph.written.kind == QUAD).select("line")
    entities = mapped(graph.entities, of_entities, LINES)
    return notes.union(entities).union(mapped(graph.relations, of_relations, LINES))


def _about(graph: SparkGraph) -> int:
    """Return about how many lines a graph has."""
    things = int(graph.entities.count()) + int(graph.relations.count())
    return int(graph.written.where(graph.written.kind == QUAD).count()) + _LINES_OF_THING * things


def _packed(written: DataFrame, kind: str, columns: Columns) -> DataFrame:
    return mapped(written.where(written.kind == kind), partial(packed_rows, wanted=kind), columns)


def _labelled(claimed: DataFrame, entities: DataFrame, evidence: DataFrame) -> DataFrame:
    """Return the table of relations: with labels and types of both ends, and how many sentences support each."""
    frame = claimed
    for end in ("subject", "object"):
        named = entities.selectExpr(f"iri {end}", f"label {end}_label", f"type {end}_type")
        frame = frame.join(named, end)
    counts = evidence.where("supports").groupBy("relation").count()
    counts = counts.selectExpr("relation iri", "count evidence")
    return frame.join(counts, "iri", "left").selectExpr(
        *("iri", "subject", "subject_label", "subject_type", "predicate", "object", "object_label", "object_type"),
        *("confidence", "polarity", "asserted", "coalesce(evidence, 0) evidence", "dataset", "metric"),
    )


def _counts(table: DataFrame, column: str) -> dict[str, int]:
    return {row[0]: row[1] for row in sorted(table.groupBy(column).count().collect())}
