"""A Spark session that can run our jobs, or a refusal in words."""

from __future__ import annotations

import os
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
_SETTINGS = {
    "spark.app.name": "papergraph",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.shuffle.partitions": "32",
    "spark.driver.maxResultSize": "0",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


def open_session(master: str = "", *, memory: str = "2g") -> SparkSession:
    """Return a session on `master`, by default on all cores of this machine; `spark-submit` has the last word.

    `memory` is that of the Java process which runs the driver, in Spark's words: `2g`.

    Raises:
        ConfigError: without the extra `spark` or without Java.
    """
    require_spark()
    from pyspark.sql import SparkSession

    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)  # we use none of it
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers would start the python3 of PATH
    builder: SparkSession.Builder = SparkSession.builder
    for name, value in own_settings(master, memory, _submitted()).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def own_settings(master: str, memory: str, submitted: Collection[str]) -> dict[str, str]:
    """Return the settings that we make; beside those of `spark-submit`, if there are any, only what it left open.

    >>> own_settings("", "2g", ())["spark.driver.memory"]
    '2g'
    """
    if submitted:
        return {name: value for name, value in _SETTINGS.items() if name not in submitted}
    return {"spark.master": master or LOCAL, "spark.driver.memory": memory, **_SETTINGS}


def _submitted() -> frozenset[str]:
    """Return the names of the settings that `spark-submit` was given, which those of a program would override."""
    if _SUBMITTED not in os.environ:
        return frozenset()
    from pyspark import SparkConf, SparkContext

    SparkContext._ensure_initialized()  # without its Java process a SparkConf is empty
    return frozenset(name for name, _ in SparkConf().getAll())


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
