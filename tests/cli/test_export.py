"""`papergraph export` into a folder."""

from __future__ import annotations

import csv
import hashlib
import json
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


def test_a_table_for_a_spreadsheet(run: Run, demo_store: Path, tmp_path: Path) -> None:
    target = tmp_path / "relations.csv"
    assert run("export", "--format", "csv", "--spreadsheet", "-o", target, "--store", demo_store).code == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbfsubject,")
    outcome = run("export", "--format", "turtle", "--spreadsheet", "-o", target, "--store", demo_store)
    assert (outcome.code, "--spreadsheet is for csv" in outcome.err) == (2, True)


def test_parquet_makes_its_folder_and_refuses_a_file(run: Run, demo_store: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
    assert run("export", "--format", "parquet", "-o", tmp_path / "tables", "--store", demo_store).code == 0
    assert sorted(p.stem for p in (tmp_path / "tables").iterdir()) == ["entities", "evidence", "mentions", "relations"]
    (tmp_path / "file").touch()
    for output in (tmp_path / "file", "-"):
        outcome = run("export", "--format", "parquet", "-o", output, "--store", demo_store)
        assert (outcome.code, "give a folder" in outcome.err) == (2, True)


def test_exports_of_a_folder_are_described_together(run: Run, demo_store: Path, tmp_path: Path) -> None:
    crate, day = tmp_path / "ro-crate-metadata.json", ["--describe", "2026-01-31"]
    for form, name in (("csv", "a b.csv"), ("sqlite", "graph.db"), ("csv", "a b.csv")):
        assert run("export", "--format", form, "-o", tmp_path / name, *day, "--store", demo_store).code == 0
    nodes = {node["@id"]: node for node in json.loads(crate.read_text(encoding="utf-8"))["@graph"]}
    assert nodes["./"]["hasPart"] == [{"@id": "a%20b.csv"}, {"@id": "graph.db"}]
    digest = hashlib.sha256((tmp_path / "a b.csv").read_bytes()).hexdigest()
    assert nodes["a%20b.csv"]["sha256"] == digest
    before = crate.read_bytes()
    assert run("export", "--format", "csv", "-o", tmp_path / "a b.csv", *day, "--store", demo_store).code == 0
    assert crate.read_bytes() == before


@pytest.mark.parametrize("content", ["{}", "nonsense", '{"@graph": [{"@id": "./"}]}'])
def test_a_description_of_somebody_else_stays(run: Run, demo_store: Path, tmp_path: Path, content: str) -> None:
    crate = tmp_path / "ro-crate-metadata.json"
    crate.write_text(content, encoding="utf-8")
    day = ["--describe", "2026-01-31"]
    outcome = run("export", "--format", "csv", "-o", tmp_path / "a.csv", *day, "--store", demo_store)
    assert (outcome.code, "move it away" in outcome.err) == (2, True)
    assert crate.read_text(encoding="utf-8") == content
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("day", ["today", "2026-13-01", "31.1.2026"])
def test_a_description_needs_a_day_and_a_file(run: Run, demo_store: Path, tmp_path: Path, day: str) -> None:
    outcome = run("export", "--format", "csv", "-o", tmp_path / "a.csv", "--describe", day, "--store", demo_store)
    assert (outcome.code, "is not a day" in outcome.err) == (2, True)
    outcome = run("export", "--format", "csv", "-o", "-", "--describe", "2026-01-31", "--store", demo_store)
    assert (outcome.code, "needs an output file" in outcome.err) == (2, True)
