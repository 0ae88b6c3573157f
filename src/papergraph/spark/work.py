"""What a job has done so far, so that another one goes on where it was stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from papergraph.spark.files import Files
from papergraph.spark.rows import Columns, ddl

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class Work:
    """A folder of finished stages, each under a name that says what it was made of."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self._spark = spark
        self._files = Files(spark)
        self._folder = folder
        self.used: set[str] = set()
        self.made: list[str] = []
        """The stages that were not there."""

    def stage(self, name: str, key: str, columns: Columns, make: Callable[[], DataFrame]) -> DataFrame:
        """Return the rows of a stage, which is made unless it was finished before from the same things, its `key`."""
        full = f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        path = f"{self._folder}/{full}"
        self.used.add(full)
        if not self._files.exists(f"{path}/_SUCCESS"):
            make().write.mode("overwrite").parquet(path)
            self.made.append(name)
        return self._spark.read.schema(ddl(columns)).parquet(path)

    def keep_only(self, prefix: str) -> None:
        """Remove all stages but those of this job whose names begin so."""
        for name, _ in self._files.names(self._folder) if self._files.exists(self._folder) else ():
            if not (name in self.used and name.startswith(prefix)):
                self._files.remove(f"{self._folder}/{name}")
