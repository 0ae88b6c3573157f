"""The graph before the last build is kept, and one can return to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from papergraph.errors import StoreError
from papergraph.model import Graph
from papergraph.store import open_store, restore_previous, write_generation
from tests import graphs
from tests.store.folders import GRAPH, SMALLER, generation, generations
from tests.store.test_damage import flip


def test_restoring_swaps_the_two_graphs_and_restoring_again_swaps_them_back(folder: Path) -> None:
    write_generation(folder, SMALLER, graphs.RUN)
    assert restore_previous(folder).quads > open_store(folder).seal.quads - 1
    assert open_store(folder, verify=True).read_graph() == GRAPH
    restore_previous(folder)
    assert open_store(folder, verify=True).read_graph() == SMALLER


def test_a_build_of_the_same_notes_after_restoring_swaps_back(folder: Path) -> None:
    write_generation(folder, SMALLER, graphs.RUN)
    restore_previous(folder)
    write_generation(folder, SMALLER, graphs.RUN)
    assert open_store(folder).read_graph() == SMALLER
    restore_previous(folder)
    assert open_store(folder).read_graph() == GRAPH


def test_without_a_previous_graph_nothing_is_restored(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no previous graph"):
        restore_previous(folder)
    assert open_store(folder).read_graph() == GRAPH
    with pytest.raises(StoreError, match="no graph in this folder"):
        restore_previous(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_previous_graph_is_not_restored(folder: Path) -> None:
    first = generation(folder)
    write_generation(folder, SMALLER, graphs.RUN)
    flip(next(first.glob("graph/*.sst")))
    with pytest.raises(StoreError, match=r"the previous graph is damaged too \(graph/.* nothing was changed"):
        restore_previous(folder)
    assert open_store(folder).read_graph() == SMALLER


def test_a_damaged_graph_names_the_way_back_only_if_there_is_one(folder: Path) -> None:
    first = generation(folder)
    write_generation(folder, SMALLER, graphs.RUN)
    shutil.rmtree(generation(folder))
    with pytest.raises(StoreError, match=r"restore the previous graph with: papergraph build --restore --store"):
        open_store(folder)
    flip(next(first.glob("graph/*.sst")))
    with pytest.raises(StoreError, match=r"is damaged") as told:
        open_store(folder)
    assert "--restore" not in str(told.value)


def test_the_way_back_from_a_damaged_graph(folder: Path) -> None:
    write_generation(folder, SMALLER, graphs.RUN)
    flip(generation(folder) / "names.tsv")
    restore_previous(folder)
    assert open_store(folder, verify=True).read_graph() == GRAPH
    with pytest.raises(StoreError, match="the previous graph is damaged too"):
        restore_previous(folder)


def test_a_build_keeps_the_last_whole_graph_not_a_damaged_one(folder: Path) -> None:
    write_generation(folder, SMALLER, graphs.RUN)
    flip(next(generation(folder).glob("graph/*.sst")))
    write_generation(folder, Graph(), graphs.RUN)
    assert len(generations(folder)) == 2
    restore_previous(folder)
    assert open_store(folder, verify=True).read_graph() == GRAPH


def test_a_build_that_cannot_tell_which_graph_was_before_removes_none(folder: Path) -> None:
    write_generation(folder, SMALLER, graphs.RUN)
    before = generations(folder)
    (folder / "CURRENT").write_bytes(b"\xff")
    write_generation(folder, Graph(), graphs.RUN)
    assert generations(folder) > before
    write_generation(folder, GRAPH, graphs.RUN)
    assert len(generations(folder)) == 2
