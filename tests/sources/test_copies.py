"""Copies of notes that other programs leave beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.sources import find_notes

COPIES = ["a copy.md", "a 1.md", "a (1).md", "a - 副本.md", "Copy of a.md", "a - Copy (2).md"]


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_with_the_same_text_is_left_out(tmp_path: Path, copy: str) -> None:
    for name in ("a.md", copy):
        (tmp_path / name).write_text("# A\n", encoding="utf-8")
    found = find_notes([tmp_path])
    assert [note.name for note in found.notes] == ["a.md"]
    assert [(p.path, p.kind) for p in found.problems] == [(copy, "left out")]


@pytest.mark.parametrize("copy", COPIES)
def test_a_note_that_is_only_called_a_copy_is_read(tmp_path: Path, copy: str) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / copy).write_text("# B\n", encoding="utf-8")
    assert sorted(note.name for note in find_notes([tmp_path]).notes) == sorted(["a.md", copy])
