"""Fixtures that several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real notes and gold beside the repository, where there is one."""
    folder = ROOT.parent / "shared"
    if not (folder / "notes" / "seeds").is_dir():
        pytest.skip("needs the real notes in ../shared, which a plain clone does not have")
    return folder
