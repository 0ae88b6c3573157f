"""Assistants of a small graph and of that of the sample notes, for tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from papergraph.store.build import write_generation
from tests.graphs import RUN, small_graph
from tests.mcp.assistant import Assistant


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the small graph of the tests."""
    folder = tmp_path_factory.mktemp("small") / "store"
    write_generation(folder, small_graph(), RUN)
    return folder


@pytest.fixture(scope="module")
def small(small_store: Path) -> Iterator[Assistant]:
    """An assistant that asks the small graph."""
    with Assistant.of(small_store) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def demo(demo_store: Path) -> Iterator[Assistant]:
    """An assistant that asks the graph of the sample notes."""
    with Assistant.of(demo_store) as assistant:
        yield assistant
