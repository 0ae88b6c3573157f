from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from papergraph.errors import StoreError
from papergraph.model import Entity, Graph
from papergraph.store import GraphStore, open_store, read_seal, write_generation, writing
from papergraph.store import build as building
from tests import graphs
from tests.store.folders import GRAPH, SMALLER, files, generation, generations


def test_what_was_written_is_read_back_equal(folder: Path) -> None:
    opened = open_store(folder, verify=True)
    assert opened.read_graph() == GRAPH
    assert opened.seal == read_seal(folder)
    assert opened.seal.run == graphs.RUN
    assert opened.seal.quads == len(list(opened.quads()))
    assert dict(opened.seal.entities) == {
        "Dataset": 1,
        "Hardware": 2,
        "Institution": 1,
        "Method": 4,
        "Model": 1,
        "Paper": 3,
        "Person": 1,
        "Topic": 2,
    }
    assert dict(opened.seal.relations)["improvesOn"] == 2


def test_a_store_in_memory_has_the_same_seal_as_one_on_disk(folder: Path, store: GraphStore) -> None:
    assert open_store(folder).seal == store.seal
    assert store.digest == store.seal.digest


def test_building_the_same_again_changes_no_file(folder: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in sorted(folder.rglob("*")) if p.is_file() and p.name != "lock"}
    write_generation(folder, GRAPH, graphs.RUN)
    assert before == {p: p.stat().st_mtime_ns for p in sorted(folder.rglob("*")) if p.is_file() and p.name != "lock"}


def test_the_previous_generation_is_kept_and_older_ones_are_removed(folder: Path) -> None:
    first = generation(folder).name
    write_generation(folder, SMALLER, graphs.RUN)
    second = generation(folder).name
    assert generations(folder) == {first, second}
    write_generation(folder, Graph(), graphs.RUN)
    assert generations(folder) == {second, generation(folder).name}
    write_generation(folder, Graph(), graphs.RUN)
    assert generations(folder) == {second, generation(folder).name}, "an equal build removes nothing"


def test_an_equal_graph_made_otherwise_is_another_generation(folder: Path) -> None:
    opened, first = open_store(folder), generation(folder)
    write_generation(folder, GRAPH, replace(graphs.RUN, configuration="d" * 64))
    assert generation(folder) != first
    assert first.is_dir(), "a reader has it open"
    assert opened.read_graph() == GRAPH
    assert open_store(folder).seal.digest == opened.seal.digest


def test_an_open_store_goes_on_answering_while_later_builds_sweep_its_generation_away(folder: Path) -> None:
    opened = open_store(folder)
    for number in range(3):
        write_generation(folder, SMALLER, replace(graphs.RUN, configuration=str(number)))
    assert opened.read_graph() == GRAPH


def test_a_missing_store_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no graph in this folder; build one with: papergraph build NOTES --store"):
        open_store(tmp_path / "nowhere")
    with writing(tmp_path / "fresh"):
        pass
    with pytest.raises(StoreError, match="no graph in this folder"):
        open_store(tmp_path / "fresh")
    assert read_seal(tmp_path / "fresh") is None


def test_a_folder_with_other_files_is_not_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="not a papergraph store"):
        write_generation(tmp_path, GRAPH, graphs.RUN)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        write_generation(tmp_path / "file", GRAPH, graphs.RUN)
    with pytest.raises(StoreError, match="no graph in this folder"):
        open_store(tmp_path / "file")


def test_what_killed_builds_left_behind_is_removed_by_the_next(folder: Path) -> None:
    before = files(folder)
    stale = folder / "generations" / "tmp-0123" / "graph"
    stale.mkdir(parents=True)
    (stale / "bulk-1.sst").write_bytes(b"x" * 1000)
    for name in ("CURRENT.new", "papergraph-store.json.new", ".gitignore.new"):
        (folder / name).write_text("half")
    (generation(folder) / "verified.json.4711.new").write_text("half")
    write_generation(folder, GRAPH, graphs.RUN)
    assert files(folder) == before


@pytest.mark.parametrize("left", [(), ("lock",), ("lock", "papergraph-store.json.new")])
def test_a_build_that_was_killed_before_it_marked_the_folder_does_not_bar_it(tmp_path: Path, left: list[str]) -> None:
    (tmp_path / "store").mkdir()
    for name in left:
        (tmp_path / "store" / name).write_text("")
    write_generation(tmp_path / "store", GRAPH, graphs.RUN)
    assert open_store(tmp_path / "store").read_graph() == GRAPH


def test_a_disk_that_refuses_leaves_the_old_graph_and_no_rubbish(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path, spool: object) -> None:
        folder.mkdir()
        raise OSError(28, "No space left on device")

    before = generations(folder)
    monkeypatch.setattr(building, "_write_database", full)
    with pytest.raises(StoreError, match=r"No space left on device; an existing graph was not changed"):
        write_generation(folder, SMALLER, graphs.RUN)
    assert generations(folder) == before
    assert open_store(folder, verify=True).read_graph() == GRAPH


def test_a_base_of_ones_own_is_kept_in_the_seal_and_gives_the_prefixes(tmp_path: Path) -> None:
    base = "https://example.org/graph/"
    write_generation(tmp_path / "s", Graph((Entity(base + "method/x", "Method", "x"),)), graphs.RUN, base=base)
    opened = open_store(tmp_path / "s")
    assert opened.seal.base == base
    assert list(opened.select("SELECT ?l { method:x rdfs:label ?l }")) == [{"l": "x"}]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="Permission denied"), writing(tmp_path / "store"):
        pass


def test_git_ignores_a_store_unless_its_owner_says_otherwise(tmp_path: Path) -> None:
    folder = tmp_path / ".papergraph"
    write_generation(folder, GRAPH, graphs.RUN)
    assert (folder / ".gitignore").read_text().splitlines()[-1] == "*"
    (folder / ".gitignore").write_text("cache/\n")
    write_generation(folder, SMALLER, graphs.RUN)
    assert (folder / ".gitignore").read_text() == "cache/\n"


def test_a_folder_with_nothing_but_what_git_ignores_may_become_a_store(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*\n")
    write_generation(tmp_path, GRAPH, graphs.RUN)
    assert open_store(tmp_path).read_graph() == GRAPH
