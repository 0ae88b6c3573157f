"""What the settings of an Obsidian vault exclude."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.sources import find_notes


def vault(folder: Path, settings: str) -> Path:
    (folder / ".obsidian").mkdir()
    (folder / ".obsidian" / "app.json").write_text(settings, encoding="utf-8")
    for name in ("Archive/old.md", "Archived.md", "kv.md", "drafts/new.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("# A\n", encoding="utf-8")
    return folder


def test_excluded_folders_and_notes_are_left_out(tmp_path: Path) -> None:
    found = find_notes([vault(tmp_path, '{"userIgnoreFilters": ["Archive/", "drafts/new.md", "/k.*/"]}')])
    assert [note.name for note in found.notes] == ["Archived.md", "kv.md"]
    assert [(p.path, p.kind) for p in found.problems] == [("Archive", "left out"), ("drafts/new.md", "left out")]


@pytest.mark.parametrize("settings", ["", "[]", "{", '{"userIgnoreFilters": 3}', '{"userIgnoreFilters": [1, "", "/"]}'])
def test_other_settings_exclude_nothing(tmp_path: Path, settings: str) -> None:
    assert len(find_notes([vault(tmp_path, settings)]).notes) == 4
