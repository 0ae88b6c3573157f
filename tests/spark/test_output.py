"""A job writes into folders of its own only, and removes only what it made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError
from papergraph.spark import build, output, work
from papergraph.spark.manifest import Manifest
from papergraph.spark.output import Output
from papergraph.spark.work import Work
from tests.spark.disk import DiskFiles

STAGE = "_work/keyed-0123456789abcdef/_SUCCESS"
MANIFEST = Manifest("0.1.0", "", "", "", 0.5, 9).to_json()
SPARK: Any = None


@pytest.fixture(autouse=True)
def _on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (output, work):
        monkeypatch.setattr(module, "Files", DiskFiles)


def fill(folder: Path, files: dict[str, str]) -> dict[str, str]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return files


def held(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "files",
    [
        {"manifest.json": '{"name": "a web page"}', "index.html": ""},
        {"manifest.json": "[", STAGE: ""},
        {"nquads/mine.nq": ""},
        {"entities.parquet": ""},
        {"_work/thesis.tex": "", "notes.md": ""},
    ],
)
def test_a_folder_with_files_of_others_is_refused_and_left_as_it_was(files: dict[str, str], tmp_path: Path) -> None:
    fill(tmp_path, files)
    with pytest.raises(ConfigError, match="did not write; choose another folder with -o, or move"):
        Output(SPARK, str(tmp_path)).open()
    assert held(tmp_path) == files


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"manifest.json": MANIFEST, "nquads/part-00000.nq": "", "entities.parquet/part": ""},
        {STAGE: "", "entities.parquet/_temporary/part": ""},
    ],
)
def test_an_empty_folder_and_those_of_jobs_are_taken(files: dict[str, str], tmp_path: Path) -> None:
    fill(tmp_path, files)
    Output(SPARK, str(tmp_path / "")).open()
    Output(SPARK, str(tmp_path / "new" / "folder")).open()
    assert held(tmp_path) == files


def test_a_misspelt_input_leaves_a_finished_graph_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "require_spark", lambda: None)
    files = fill(tmp_path / "out", {"manifest.json": MANIFEST, "nquads/part-00000.nq": ""})
    with pytest.raises(NoteError, match="tpyo"):
        build.build_on_spark(SPARK, tmp_path / "tpyo", tmp_path / "out", Config(corrections="none.tsv"))
    assert held(tmp_path / "out") == files


def test_only_stages_are_removed(tmp_path: Path) -> None:
    fill(tmp_path, {STAGE: "", "_work/extracted-0123456789abcdef/part": "", "_work/mine.txt": "", "_work/old-1/a": ""})
    Work(SPARK, str(tmp_path / "_work")).keep_only("extracted")
    assert held(tmp_path) == {"_work/mine.txt": "", "_work/old-1/a": ""}
