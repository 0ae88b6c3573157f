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


def test_patterns_leave_out_folders_and_notes(tmp_path: Path) -> None:
    folder = vault(tmp_path, "{}")
    assert [n.name for n in find_notes([folder], exclude=["Archive/", "k?.md"]).notes] == [
        "Archived.md",
        "drafts/new.md",
    ]
    assert [n.name for n in find_notes([folder], exclude=["drafts/**", "A*"]).notes] == ["kv.md"]
    assert [n.name for n in find_notes([folder], exclude=["new.md", "**/old.md"]).notes] == ["Archived.md", "kv.md"]


def test_a_note_given_by_itself_is_read_whatever_is_excluded(tmp_path: Path) -> None:
    folder = vault(tmp_path, "{}")
    assert [n.name for n in find_notes([folder / "kv.md"], exclude=["kv.md"]).notes] == ["kv.md"]


def test_notes_in_other_formats_are_reported(tmp_path: Path) -> None:
    (tmp_path / "ideas.org").write_text("* A\n", encoding="utf-8")
    (problem,) = find_notes([tmp_path]).problems
    assert (problem.path, problem.kind) == ("ideas.org", "left out")
    assert "Org" in problem.message
