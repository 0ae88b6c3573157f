"""Where notes come from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from papergraph.config import Config
from papergraph.spark import inputs
from papergraph.spark.rows import _fitting


def test_a_note_whose_file_name_is_no_utf8_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")).write_bytes(b"# H2O")
    except OSError:
        pytest.skip("the file system takes names in UTF-8 only")

    def frame(_: object, rows: list[Any], columns: object) -> list[tuple[Any, ...]]:
        return [tuple(map(_fitting, row)) for row in rows]

    monkeypatch.setattr(inputs, "_frame", frame)
    monkeypatch.setattr(inputs, "mapped", lambda rows, function, _: list(function(rows)))
    session: Any = None
    assert inputs.find_inputs(session, str(tmp_path), Config()).notes == [("caf\\xe9.md", b"# H2O", "")]
