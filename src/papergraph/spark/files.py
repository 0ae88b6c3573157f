"""Files wherever Hadoop can reach them: a disk, HDFS, an object store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Files:
    """The files at addresses that Spark reads and writes, by the file system that an address names."""

    def __init__(self, spark: SparkSession) -> None:
        context: Any = spark.sparkContext
        self._java = context._jvm
        self._settings = context._jsc.hadoopConfiguration()

    def exists(self, address: str) -> bool:
        """Tell whether there is a file or a folder."""
        path, system = self._at(address)
        return bool(system.exists(path))

    def remove(self, address: str) -> None:
        """Remove a file or a folder with all that is in it, if it is there."""
        path, system = self._at(address)
        system.delete(path, True)

    def move(self, address: str, to: str) -> None:
        """Give a file or a folder another address on the same file system."""
        path, system = self._at(address)
        if not system.rename(path, self._at(to)[0]):
            raise OSError(f"{address} cannot be moved to {to}")

    def make_folder(self, address: str) -> None:
        """Make a folder with those above it."""
        path, system = self._at(address)
        system.mkdirs(path)

    def names(self, folder: str) -> list[tuple[str, int]]:
        """Return the names of what is in a folder, sorted, each with its size in bytes."""
        path, system = self._at(folder)
        return sorted((status.getPath().getName(), status.getLen()) for status in system.listStatus(path))

    def read(self, address: str) -> str:
        """Return the text of a small file; nothing for what is no file."""
        path, system = self._at(address)
        if not system.getFileStatus(path).isFile():
            return ""
        stream = system.open(path)
        try:
            return bytes(stream.readAllBytes()).decode("utf-8", "replace")
        finally:
            stream.close()

    def write(self, address: str, text: str) -> None:
        """Write a small file, which is there whole or not at all."""
        scratch = f"{address}.tmp"
        path, system = self._at(scratch)
        stream = system.create(path, True)
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()
        self.remove(address)
        self.move(scratch, address)

    def full(self, address: str) -> str:
        """Return an address with its file system, as Spark shows it in the paths of files."""
        path, system = self._at(address)
        return str(system.makeQualified(path).toString())

    def _at(self, address: str) -> tuple[Any, Any]:
        path = self._java.org.apache.hadoop.fs.Path(address)
        return path, path.getFileSystem(self._settings)
