"""The files of `papergraph.spark.files` without Spark: on the disk of this machine."""

from __future__ import annotations

import shutil
from pathlib import Path


class DiskFiles:
    """As `Files`, for paths."""

    def __init__(self, _: object) -> None:
        pass

    def exists(self, address: str) -> bool:
        return Path(address).exists()

    def remove(self, address: str) -> None:
        path = Path(address)
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def make_folder(self, address: str) -> None:
        Path(address).mkdir(parents=True, exist_ok=True)

    def names(self, folder: str) -> list[tuple[str, int]]:
        path = Path(folder)
        return sorted((p.name, p.stat().st_size) for p in (path.iterdir() if path.is_dir() else [path]))

    def read(self, address: str) -> str:
        return Path(address).read_text(encoding="utf-8") if Path(address).is_file() else ""
