"""Extraction in this process and in workers: the same outcome, and every fault named."""

from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from papergraph import extraction
from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError
from papergraph.extraction import Outcome, extract_notes
from papergraph.notes import NoteFile, find_notes


@pytest.fixture
def notes(tmp_path: Path) -> tuple[NoteFile, ...]:
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.md").write_text(
            f"- SnapKV improves on H2O, a KV cache method {number}\n", encoding="utf-8"
        )
    (folder / "empty.md").write_bytes(b"")
    return find_notes([folder]).notes


def plain(outcomes: list[Outcome]) -> list[tuple[str, object, str]]:
    return [(o.note.name, o.extraction, o.problem) for o in outcomes]


def test_workers_say_what_one_process_says_in_the_same_order(notes: tuple[NoteFile, ...]) -> None:
    alone = plain(list(extract_notes(notes, Config(jobs=1))))
    assert plain(list(extract_notes(notes, Config(jobs=2)))) == alone
    assert [name for name, _, _ in alone] == [n.name for n in notes]
    assert [problem for _, _, problem in alone if problem] == ["is empty"]


def test_what_is_cached_is_not_read_again(notes: tuple[NoteFile, ...], tmp_path: Path, monkeypatch: Any) -> None:
    first = plain(list(extract_notes(notes, Config(jobs=1), tmp_path / "cache")))
    assert len(list((tmp_path / "cache").iterdir())) == 20
    monkeypatch.setattr(extraction, "extract", lambda *_: pytest.fail("a note was read again"))
    assert plain(list(extract_notes(notes, Config(jobs=1), tmp_path / "cache"))) == first


def test_workers_are_taken_where_there_is_much_to_read(notes: tuple[NoteFile, ...], monkeypatch: Any) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert extraction._jobs(0, notes) == 1
    monkeypatch.setattr(extraction, "_WORTH_WORKERS", 100)
    assert extraction._jobs(0, notes) == 4
    assert extraction._jobs(3, notes[:2]) == 2


class Broken:
    def __init__(self, *_: object) -> None: ...
    def __enter__(self) -> Broken:
        return self

    def __exit__(self, *_: object) -> None: ...
    def map(self, *_: object, **__: object) -> None:
        raise BrokenProcessPool

    def shutdown(self, **_: object) -> None: ...


def test_a_worker_that_dies_is_told(notes: tuple[NoteFile, ...], monkeypatch: Any) -> None:
    monkeypatch.setattr(extraction, "ProcessPoolExecutor", Broken)
    with pytest.raises(NoteError, match="--jobs 1"):
        list(extract_notes(notes, replace(Config(), jobs=2)))


def test_an_unknown_extractor_is_told_before_any_note_is_read(notes: tuple[NoteFile, ...]) -> None:
    with pytest.raises(ConfigError, match="no extractor named 'x'"):
        list(extract_notes(notes, Config(extractors=("x",))))
