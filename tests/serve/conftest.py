"""A server of the sample notes, for tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra `serve`")

from papergraph.ask.limits import Limits
from papergraph.serve import Settings
from tests.serve.running import Server, running


@pytest.fixture(scope="session")
def demo(demo_store: Path) -> Iterator[Server]:
    """A server of the graph of the sample notes."""
    with running(Settings(demo_store, limits=Limits(seconds=60))) as server:
        yield server
