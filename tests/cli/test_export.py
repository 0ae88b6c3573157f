"""`papergraph export` into a folder."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.conftest import Run


def test_csv_into_a_folder_is_two_tables(run: Run, demo_store: Path, tmp_path: Path) -> None:
    outcome = run("export", "--format", "csv", "-o", tmp_path, "--store", demo_store)
    assert outcome.code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["entities.csv", "relations.csv"]
    with (tmp_path / "entities.csv").open(encoding="utf-8", newline="") as file:
        assert any(row["label"] == "H2O" for row in csv.DictReader(file))
    assert outcome.err.count(" bytes") == 2


def test_a_slash_at_the_end_makes_a_folder(run: Run, demo_store: Path, tmp_path: Path) -> None:
    outcome = run("export", "--format", "csv", "-o", f"{tmp_path}/new/tables/", "--store", demo_store)
    assert outcome.code == 0
    assert sorted(p.name for p in (tmp_path / "new" / "tables").iterdir()) == ["entities.csv", "relations.csv"]


@pytest.mark.parametrize("name", ["", "new/"])
def test_another_format_into_a_folder_is_an_error(run: Run, demo_store: Path, tmp_path: Path, name: str) -> None:
    outcome = run("export", "--format", "turtle", "-o", f"{tmp_path}/{name}", "--store", demo_store)
    assert outcome.code == 2
    assert "turtle needs a file name" in outcome.err
    assert not list(tmp_path.iterdir())
