"""A build never loses what it could not look at."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from papergraph.config import Config
from papergraph.errors import LossError
from papergraph.pipeline import losses
from papergraph.pipeline.steps import build_store
from papergraph.sources import NoteFile
from papergraph.store import read_seal
from papergraph.store.sources import SOURCES

NOTE = "- SnapKV improves on H2O\n"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with two notes each."""
    for folder, names in (("notes", "ab"), ("inbox", "xy")):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.md").write_text(NOTE, encoding="utf-8")
    return tmp_path / "notes", tmp_path / "inbox"


def config(folders: tuple[Path, Path]) -> Config:
    return Config(store=str(folders[0].parent / "store"), jobs=1)


def build(folders: tuple[Path, Path], *, allow_empty: bool = False) -> list[str]:
    """Build both folders and return the names of the notes in the graph."""
    seal, _ = build_store(folders, config(folders), allow_empty=allow_empty)
    return [name for name, _ in seal.run.inputs]


def state(store: Path) -> dict[str, bytes]:
    return {str(p.relative_to(store)): p.read_bytes() for p in sorted(store.rglob("*")) if p.is_file()}


def refused(folders: tuple[Path, Path], match: str) -> None:
    """Build, and expect that it is refused, and that not a byte of the store and its cache changes."""
    store = Path(config(folders).store)
    before = state(store)
    with pytest.raises(LossError, match=match):
        build(folders)
    assert state(store) == before


def test_deleted_notes_leave_the_graph_as_long_as_one_of_the_folder_is_left(folders: tuple[Path, Path]) -> None:
    assert build(folders) == ["a.md", "b.md", "x.md", "y.md"]
    (folders[1] / "x.md").unlink()
    assert build(folders) == ["a.md", "b.md", "y.md"]


def test_a_folder_that_is_gone_is_no_reason_to_forget_its_notes(folders: tuple[Path, Path]) -> None:
    build(folders)
    folders[1].rename(folders[1].with_name("elsewhere"))
    refused(folders, r"inbox: does not exist; the graph in .*store was not changed; correct the path")


def test_a_folder_that_lost_all_its_notes_may_be_an_unmounted_drive(folders: tuple[Path, Path]) -> None:
    build(folders)
    shutil.rmtree(folders[1])
    folders[1].mkdir()
    refused(
        folders, r"inbox: no longer contains notes, but the graph holds 2 notes that may come from it; .*--allow-empty"
    )
    assert build(folders, allow_empty=True) == ["a.md", "b.md"]
    assert build(folders) == ["a.md", "b.md"], "it was meant, and is not asked about again"


def test_a_folder_that_never_had_notes_may_have_none(folders: tuple[Path, Path]) -> None:
    shutil.rmtree(folders[1])
    folders[1].mkdir()
    assert build(folders) == ["a.md", "b.md"]
    (folders[0] / "a.md").rename(folders[0] / "renamed.md")
    assert build(folders) == ["b.md", "renamed.md"]


def test_where_only_the_names_of_notes_are_known_a_folder_without_any_is_suspect(folders: tuple[Path, Path]) -> None:
    build(folders)
    (Path(config(folders).store) / SOURCES).write_bytes(b"{")
    shutil.rmtree(folders[1])
    folders[1].mkdir()
    refused(folders, "inbox: no longer contains notes")


def test_a_folder_that_cannot_be_listed_is_lost(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    build(folders)
    scan = os.scandir

    def refuse(path: Path | str) -> object:
        if str(path).endswith("inbox"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    refused(folders, "inbox: cannot be looked at: Permission denied")


def deny(monkeypatch: pytest.MonkeyPatch, *folders: str) -> None:
    """Let no note below `folders` be opened, as on a drive that does not answer."""
    descriptor, opened = os.open, Path.open

    def fails(path: Path) -> bool:
        return path.suffix == ".md" and path.parent.name in folders

    def refuse(path: str | Path, *arguments: Any, **named: Any) -> int:
        if fails(Path(path)):
            raise OSError(5, "Input/output error")
        return descriptor(path, *arguments, **named)

    def refuse_open(path: Path, *arguments: Any, **named: Any) -> Any:
        if fails(path):
            raise OSError(5, "Input/output error")
        return opened(path, *arguments, **named)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(Path, "open", refuse_open)


def test_a_folder_of_which_no_note_can_be_opened_is_lost(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folders)
    deny(monkeypatch, "inbox")
    refused(folders, "inbox: none of its 2 notes could be read: Input/output error")


def test_when_no_note_can_be_read_the_graph_stays_and_each_note_is_named(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folders)
    deny(monkeypatch, "inbox", "notes")
    with pytest.raises(LossError) as told:
        build(folders)
    assert len(told.value.problems) == 4
    assert all("Input/output error" in problem for problem in told.value.problems)


def test_notes_that_are_bad_in_themselves_do_not_hold_up_the_others(folders: tuple[Path, Path]) -> None:
    build(folders)
    for path in folders[1].iterdir():
        path.write_bytes(b"")
    assert build(folders) == ["a.md", "b.md"]


def test_a_first_build_that_finds_no_note_makes_no_store(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path, reason in (("empty", "contains no notes"), ("nosuch", "does not exist")):
        with pytest.raises(LossError, match=f"{path}: {reason}; no graph was built"):
            build_store([tmp_path / path], Config(store=str(tmp_path / "store")))
    assert not (tmp_path / "store").exists()


def test_many_paths_are_told_apart_in_no_time(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.md" for number in range(3000)]
    for path in paths:
        path.write_text(NOTE, encoding="utf-8")
    notes = [NoteFile(path, path.name) for path in paths]
    counts = losses.count_sources(paths, notes, [path.name for path in paths[1:]])
    assert (counts[paths[0]], sum(counts.values())) == (0, 2999)


def test_the_store_does_not_tell_where_the_notes_lay(folders: tuple[Path, Path]) -> None:
    build(folders)
    store = Path(config(folders).store)
    assert not any(b"inbox" in path.read_bytes() for path in store.rglob("*") if path.is_file())
    assert read_seal(store)
