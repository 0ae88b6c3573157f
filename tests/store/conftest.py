"""Stores of the small graph, on disk and in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.store import GraphStore, memory_store, write_generation
from tests import graphs
from tests.store.folders import GRAPH


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_generation(tmp_path / "store", GRAPH, graphs.RUN)
    return tmp_path / "store"


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return memory_store(GRAPH, graphs.RUN)
