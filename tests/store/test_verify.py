"""A store is verified to the last byte."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from papergraph.errors import StoreError
from papergraph.store import open_store, verify_store
from tests.conftest import Run
from tests.store.folders import generation
from tests.store.test_damage import flip, shorten


def test_a_store_as_it_was_built_verifies(run: Run, folder: Path) -> None:
    outcome = run("check", "--only-store", "--store", folder)
    assert (outcome.code, outcome.out) == (0, "")
    files = verify_store(folder).files
    assert f"intact: {files} files (" in outcome.err
    assert f"the seal, the table of names, {open_store(folder).seal.quads} quads" in outcome.err
    assert files > 10


def test_every_damaged_file_is_named(run: Run, folder: Path) -> None:
    here = generation(folder)
    tables = sorted(here.glob("graph/*.sst"))
    flip(tables[0])
    size = tables[1].stat().st_size
    shorten(tables[1])
    (here / "graph" / "CURRENT").unlink()
    outcome = run("check", "--store", folder)
    assert outcome.code == 1
    assert outcome.out.splitlines() == [
        f"damage: graph/{tables[0].name} has changed since it was built (possibly disk corruption)",
        f"damage: graph/{tables[1].name} is shorter than when it was built: {size - 1:,} instead of {size:,} bytes",
        "damage: graph/CURRENT is missing",
    ]
    assert "damaged; rebuild it" in outcome.err
    record = json.loads(run("check", "--json", "--only-store", "--store", folder).out)
    assert len(record["store"]["damage"]) == 3


@pytest.mark.parametrize("name", ["seal.json", "files.json", "names.tsv"])
def test_damage_beside_the_database_is_named(run: Run, folder: Path, name: str) -> None:
    flip(generation(folder) / name)
    outcome = run("check", "--only-store", "--store", folder)
    assert (outcome.code, outcome.out) == (
        1,
        f"damage: {name} has changed since it was built (possibly disk corruption)\n",
    )


def test_without_a_generation_there_is_nothing_to_verify(run: Run, folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(generation(folder))
    outcome = run("check", "--only-store", "--store", folder)
    assert outcome.code == 1
    assert "which does not exist" in outcome.out
    with pytest.raises(StoreError, match="no graph in this folder"):
        verify_store(tmp_path / "none")
