"""`papergraph spark` without what it needs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import NOTES, Run


def test_without_the_extra_it_says_what_to_install(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "pyarrow", "pyspark"):
        monkeypatch.setitem(sys.modules, name, None)
    outcome = run("spark", NOTES, "--output", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "pip install 'papergraph[spark]'" in outcome.err


def test_an_amount_of_memory_is_one(run: Run, tmp_path: Path) -> None:
    assert "'lots' is not an amount of memory" in run("spark", NOTES, "-o", tmp_path, "--memory", "lots").err
