from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.config import Config
from papergraph.pipeline.readers import extract_notes, sample
from papergraph.pipeline.readers.sample import consulted_digest, take_sample
from papergraph.sources import NoteFile, find_notes

CLEAN = "# 缓存\n\n注意力的缓存很大，所以要淘汰一些词元。这是一个很长的句子。\n"


@pytest.fixture
def notes(tmp_path: Path) -> tuple[NoteFile, ...]:
    for number in range(6):
        (tmp_path / f"{number}.md").write_text(f"{CLEAN}{number}\n", encoding="utf-8")
    (tmp_path / "english.md").write_text("H2O evicts tokens.\n", encoding="utf-8")
    damaged = (CLEAN * 3).encode().decode("latin-1")
    (tmp_path / "damaged.md").write_text(damaged, encoding="utf-8")
    return find_notes([tmp_path]).notes


def test_a_small_collection_is_looked_at_whole_and_one_more_note_would_be_too(notes: tuple[NoteFile, ...]) -> None:
    taken = take_sample(notes)
    assert taken.texts == tuple(f"{CLEAN}{number}\n" for number in range(6))
    assert taken.consulted.count == len(notes) + 1
    assert take_sample(notes[1:]).consulted.digest != taken.consulted.digest


def test_of_a_large_collection_as_many_as_are_needed(
    notes: tuple[NoteFile, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "MOST_READ", 2 * len(CLEAN))
    taken = take_sample(notes)
    assert len(taken.texts) == 2
    assert 2 <= taken.consulted.count <= 4
    assert consulted_digest(notes, taken.consulted.count) == taken.consulted.digest


def test_a_repaired_note_is_read_again_only_if_a_note_that_helped_changes(
    notes: tuple[NoteFile, ...], tmp_path: Path
) -> None:
    def cached() -> int:
        list(extract_notes(notes, Config(jobs=1), tmp_path / "cache"))
        return max(path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir())

    first = cached()
    (tmp_path / "away.txt").write_text("not a note of this build", encoding="utf-8")
    assert cached() == first
    clean = next(note for note in notes if note.name == "3.md")
    clean.path.write_text(CLEAN + "新的一行。\n", encoding="utf-8")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()}
    assert cached() > first
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()}
    assert sum(after[name] != before.get(name) for name in after) == 2, "the note that changed, and the damaged one"
