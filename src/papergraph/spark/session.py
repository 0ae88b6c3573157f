"""A Spark session that can run our jobs, or a refusal in words."""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from papergraph.errors import ConfigError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Every core of this machine; a task whose worker dies is tried four times.
LOCAL = "local[*,4]"
#: Where `spark-submit` says how to reach its Java process, whose settings are made already.
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
#: Settings of every installation, which a program's own would override.
_DEFAULTS = "spark-defaults.conf"
_SETTINGS = {
    "spark.master": LOCAL,
    "spark.driver.memory": "2g",
    "spark.app.name": "papergraph",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.shuffle.partitions": "32",
    "spark.driver.maxResultSize": "0",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


def open_session(master: str = "", *, memory: str = "") -> SparkSession:
    """Return a session on `master`, by default on all cores of this machine; `spark-submit` has the last word.

    `memory` is that of the Java process which runs the driver, in Spark's words: `2g`. What is not given is taken from
    `spark-defaults.conf` in SPARK_CONF_DIR, or in the folder `conf` of SPARK_HOME, and then from our own settings.

    Raises:
        ConfigError: without the extra `spark` or without Java.
    """
    require_spark()
    from pyspark.sql import SparkSession

    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)  # we use none of it
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers would start the python3 of PATH
    is_submitted = _SUBMITTED in os.environ
    known = _submitted() if is_submitted else _defaults()
    builder: SparkSession.Builder = SparkSession.builder
    for name, value in own_settings("" if is_submitted else master, "" if is_submitted else memory, known).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def own_settings(master: str, memory: str, known: Collection[str]) -> dict[str, str]:
    """Return the settings that we make: what the caller gave, and our own but those that are `known` already.

    >>> settings = own_settings("", "3g", {"spark.master"})
    >>> settings["spark.driver.memory"], "spark.master" in settings
    ('3g', False)
    """
    given = {"spark.master": master, "spark.driver.memory": memory}
    open_to_us = {name: value for name, value in _SETTINGS.items() if name not in known}
    return open_to_us | {name: value for name, value in given.items() if value}


def _submitted() -> frozenset[str]:
    """Return the names of the settings that `spark-submit` was given, and of those that are too late for us."""
    from pyspark import SparkConf, SparkContext

    SparkContext._ensure_initialized()  # without its Java process a SparkConf is empty
    return frozenset({*(name for name, _ in SparkConf().getAll()), "spark.master", "spark.driver.memory"})


def _defaults() -> frozenset[str]:
    """Return the names of the settings in the file of this installation, which Spark reads by itself."""
    from pyspark.find_spark_home import _find_spark_home

    folder = os.environ.get("SPARK_CONF_DIR") or Path(_find_spark_home()) / "conf"
    try:
        text = (Path(folder) / _DEFAULTS).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    return names_of_defaults(text)


def names_of_defaults(text: str) -> frozenset[str]:
    r"""Return the names of the settings in a file of properties.

    >>> sorted(names_of_defaults("# ours\nspark.master  yarn\nspark.driver.memory=4g\n"))
    ['spark.driver.memory', 'spark.master']
    """
    return frozenset(re.findall(r"^[ \t]*(spark\.[^\s=:]+)", text, re.MULTILINE))


def require_spark() -> None:
    """Refuse early where Spark cannot run.

    Raises:
        ConfigError: as `open_session`.
    """
    try:
        import pandas
        import pyarrow
        import pyspark
    except ImportError as error:
        raise ConfigError(f"{error.name} is missing; install it with: pip install 'papergraph[spark]'") from error
    del pandas, pyarrow, pyspark
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and (Path(home) / "bin" / "java").is_file()):
        raise ConfigError("Spark needs Java 17 or newer, and there is no `java`; install it, or set JAVA_HOME")
