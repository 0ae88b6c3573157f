"""The job: from the address of notes to a folder of N-Quads and tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from papergraph.config import Config
from papergraph.errors import ConfigError
from papergraph.model import Problem
from papergraph.pipeline.fingerprint import extraction_fingerprint
from papergraph.pipeline.steps import configuration_of
from papergraph.sources.corrections import read_corrections
from papergraph.spark.inputs import find_inputs
from papergraph.spark.manifest import Manifest
from papergraph.spark.on_driver import DriverStages
from papergraph.spark.on_workers import WorkerStages
from papergraph.spark.output import Output
from papergraph.spark.reading import Reading, Say
from papergraph.spark.session import require_spark
from papergraph.spark.survey import digest_of_notes
from papergraph.spark.work import WORK, Work
from papergraph.system.version import __version__

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Where names are resolved.
NamesOn = Literal["driver", "workers"]


def build_on_spark(
    spark: SparkSession,
    notes: str | Path,
    output: str | Path,
    config: Config | None = None,
    *,
    names_on: NamesOn = "driver",
    say: Say = lambda _: None,
) -> Manifest:
    """Build the graph of `notes` into the folder `output`: N-Quads in parts, Parquet tables and a manifest.

    Both are addresses that Spark knows; see `papergraph.spark.inputs`. The quads are those that a local build of the
    same notes has. A job that was stopped goes on where it was when it is run again. Notes that cannot be read are in
    the table of problems. Names are resolved on the driver, which is quicker, or by joins on the workers, where there
    are more than the driver can hold.

    Raises:
        NoteError: if there are no notes.
        ConfigError: without the extra `spark` or Java, for a folder with files that no job wrote, for settings that
            cannot be used, and for those that need all notes in one place: corrections, a library, replies of a
            language model.
    """
    require_spark()
    settings = _absolute(config or Config())
    _refuse(settings)
    address = str(output).rstrip("/")
    work, target = Work(spark, f"{address}/{WORK}"), Output(spark, address)
    inputs = find_inputs(spark, str(notes), settings)
    target.open()
    fingerprint = extraction_fingerprint(settings)
    reading = Reading(spark, work, settings, fingerprint, say)
    extracted, chosen, left_out = reading.run(inputs)
    unread = tuple(Problem(path, problem) for path, problem in reading.unread(extracted))
    key = digest_of_notes(chosen, fingerprint, str(settings), *(problem.path for problem in unread))
    stages = (WorkerStages if names_on == "workers" else DriverStages)(spark, work, settings, key, say)
    graph = stages.run(extracted)
    say("writing")
    made = Manifest(
        version=__version__,
        configuration=configuration_of(settings, (), read_corrections(Path(settings.corrections))),
        input=digest_of_notes(chosen),
        base=settings.base,
        threshold=settings.threshold,
        notes=len(chosen) - len(unread),
    )
    manifest = target.write(graph, (*inputs.problems, *left_out, *unread), made)
    work.keep_only("extracted")
    return manifest


def _absolute(config: Config) -> Config:
    """Return settings whose files are found from every folder."""
    vocabulary, patterns = (
        tuple(str(Path(path).absolute()) for path in paths) for paths in (config.vocabulary, config.patterns)
    )
    return replace(config, vocabulary=vocabulary, patterns=patterns, jobs=1)


def _refuse(config: Config) -> None:
    given = {
        "corrections": bool(read_corrections(Path(config.corrections)).corrections),
        "library": bool(config.library),
        "propose": bool(config.propose),
    }
    if refused := [name for name, is_given in given.items() if is_given]:
        raise ConfigError(
            f"a build on Spark cannot use {' and '.join(refused)}; "
            "remove this from the settings, or use: papergraph build"
        )
