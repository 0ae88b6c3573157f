"""A site of the sample notes, for tests that only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.site import SiteOptions, write_site
from papergraph.store import open_store


@pytest.fixture(scope="session")
def demo_site(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site") / "demo"
    write_site(open_store(demo_store), folder, SiteOptions(base_url="https://example.org/notes"))
    return folder
