"""What a job has done so far, so that another one goes on where it was stopped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, get_args

from papergraph.spark.files import Files
from papergraph.spark.rows import Columns, ddl

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


#: The folder of stages, below the output.
WORK = "_work"
#: `again` is what notes say that an earlier job could not read; `known`, `links`, `joined`, `owned` and `named` are
#: there where workers resolve names.
StageName = Literal[
    "extracted",
    "again",
    "known",
    "keyed",
    "links",
    "joined",
    "owned",
    "profiles",
    "entities",
    "named",
    "tallies",
    "relations",
    "written",
]


def is_stage(name: str) -> bool:
    """Tell whether a folder is called as a stage of ours.

    >>> is_stage("keyed-0123456789abcdef"), is_stage("thesis-2024")
    (True, False)
    """
    kind, _, key = name.partition("-")
    return kind in get_args(StageName) and re.fullmatch("[0-9a-f]{16}", key) is not None


class Work:
    """A folder of finished stages, each under a name that says what it was made of."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self._spark = spark
        self._files = Files(spark)
        self._folder = folder
        self._used: set[str] = set()

    def stage(self, name: StageName, key: str, columns: Columns, make: Callable[[], DataFrame]) -> DataFrame:
        """Return the rows of a stage, which is made unless it was finished before from the same things, its `key`."""
        full = _full(name, key)
        path = f"{self._folder}/{full}"
        self._used.add(full)
        if not self.has(name, key):
            make().write.mode("overwrite").parquet(path)
        return self._spark.read.schema(ddl(columns)).parquet(path)

    def has(self, name: StageName, key: str) -> bool:
        """Tell whether a stage is finished."""
        return self._files.exists(f"{self._folder}/{_full(name, key)}/_SUCCESS")

    def keep_only(self, kind: StageName) -> None:
        """Remove all stages but those of this job and this kind; files that are no stages stay."""
        for name, _ in self._files.names(self._folder) if self._files.exists(self._folder) else ():
            if is_stage(name) and not (name in self._used and name.startswith(f"{kind}-")):
                self._files.remove(f"{self._folder}/{name}")


def _full(name: StageName, key: str) -> str:
    return f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
