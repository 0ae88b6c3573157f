"""The graph of the sample notes, for the tests of the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from papergraph.model import Graph
from papergraph.page import render_view
from papergraph.store import open_store

if TYPE_CHECKING:
    from tests.page.browser.conftest import Opened


@pytest.fixture(scope="session")
def sample(demo_store: Path) -> Graph:
    return open_store(demo_store).read_graph()


@pytest.fixture(scope="session")
def demo_html(sample: Graph, demo_store: Path) -> str:
    return render_view(sample, source=open_store(demo_store))


@pytest.fixture(scope="session")
def bare_html(sample: Graph) -> str:
    """The page of the graph alone, without a source that answers."""
    return render_view(sample)


@pytest.fixture
def demo(demo_html: str, open_page: Callable[..., Opened]) -> Opened:
    """The page of the sample notes, open in a browser."""
    return open_page(demo_html)
