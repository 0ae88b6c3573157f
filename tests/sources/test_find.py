"""Which files are notes."""

from __future__ import annotations

import errno
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from papergraph.errors import NoteError
from papergraph.pipeline.watch import look
from papergraph.sources import NoteFile, find_notes, read_bytes


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(*paths: Path) -> list[str]:
    return [note.name for note in find_notes(paths).notes]


def test_notes_are_found_by_relative_name(tmp_path: Path) -> None:
    for name in ("b.md", "sub/a.markdown", ".obsidian/x.md", "node_modules/y.md", "c.png", "n.txt", ".hidden.md"):
        write(tmp_path / name)
    assert names(tmp_path) == ["b.md", "n.txt", "sub/a.markdown"]
    assert names(tmp_path / "b.md") == ["b.md"]


def test_a_link_to_a_note_that_is_found_anyway_is_no_second_note(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "b.md")
    (tmp_path / "a.md").symlink_to(tmp_path / "sub" / "b.md")
    (tmp_path / "sub" / "c.md").symlink_to("b.md")
    found = find_notes([tmp_path])
    assert ([n.name for n in found.notes], found.problems) == (["sub/b.md"], ())
    assert names(tmp_path / "a.md", tmp_path) == ["a.md"]


def test_a_link_to_what_is_not_found_otherwise_is_a_note(tmp_path: Path) -> None:
    write(tmp_path / ".drafts" / "b.md")
    (tmp_path / "a.md").symlink_to(tmp_path / ".drafts" / "b.md")
    assert names(tmp_path) == ["a.md"]


def test_folders_that_overlap_give_each_note_once(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "b.md")
    assert names(tmp_path, tmp_path / "sub") == ["sub/b.md"]


def test_what_is_no_note_is_told_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path / "fine.md")
    write(tmp_path / "large.md", "x" * 101)
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "fifo.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "one.md").symlink_to("two.md")
    (tmp_path / "two.md").symlink_to("one.md")
    (tmp_path / "broken.md").symlink_to("nowhere.md")
    (tmp_path / "outside.md").symlink_to("/etc/hostname")
    (tmp_path / "linked.md").symlink_to(tmp_path / "folder.md")
    found = find_notes([tmp_path], max_bytes=100)
    assert [n.name for n in found.notes] == ["fine.md"]
    assert {p.path: p.message.split(";")[0] for p in found.problems} == {
        "large.md": "has 101 bytes, more than max_bytes = 100",
        "folder.md": "is a folder with the name of a note",
        "fifo.md": "is no regular file",
        "loop.md": "is a link that leads to itself",
        "one.md": "is a link that leads to itself",
        "two.md": "is a link that leads to itself",
        "broken.md": "is a broken link",
        "outside.md": "is a link that leads out of the folder",
        "linked.md": "is a link to a folder",
    }
    assert set(look([tmp_path])) == {"fine.md", "large.md"}


def test_given_paths_that_are_not_there_are_lost(tmp_path: Path) -> None:
    write(tmp_path / "here" / "a.md")
    (tmp_path / "loop").symlink_to("loop")
    found = find_notes([tmp_path / "here", tmp_path / "nosuch", tmp_path / "loop"])
    assert [n.name for n in found.notes] == ["a.md"]
    assert found.problems == ()
    assert [(Path(p.path).name, p.message) for p in found.lost] == [
        ("loop", "is a link that leads to itself"),
        ("nosuch", "does not exist"),
    ]


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: Any) -> Iterator[Path]:
    """A folder that refuses to be listed, also to root."""
    write(tmp_path / "vault" / "a.md")
    write(tmp_path / "vault" / "locked" / "b.md")
    real = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name == "locked":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    yield tmp_path / "vault"
    monkeypatch.undo()


def test_a_folder_inside_that_cannot_be_listed_is_a_problem(locked: Path) -> None:
    found = find_notes([locked])
    assert ([n.name for n in found.notes], found.lost) == (["a.md"], ())
    (problem,) = found.problems
    assert (problem.path, "Permission denied" in problem.message) == ("locked", True)


def test_a_given_folder_that_cannot_be_listed_is_lost(locked: Path) -> None:
    found = find_notes([locked / "locked"])
    assert (found.notes, found.problems, len(found.lost)) == ((), (), 1)


def test_folders_deeper_than_paths_may_be_are_a_problem(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    found = find_notes([tmp_path])
    assert [n.name for n in found.notes] == ["a.md"]
    (problem,) = found.problems
    assert "its notes are missing" in problem.message


def test_folders_may_be_nested_deeper_than_python_calls(tmp_path: Path) -> None:
    chain = [tmp_path]
    for _ in range(1200):
        chain.append(chain[-1] / "d")
        chain[-1].mkdir()
    write(chain[-1] / "a.md")
    try:
        assert names(tmp_path) == ["d/" * 1200 + "a.md"]
    finally:
        (chain[-1] / "a.md").unlink()
        for folder in reversed(chain[1:]):
            folder.rmdir()


def test_two_files_of_one_name_are_a_problem(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write(tmp_path / folder / "a.md", folder)
    found = find_notes([tmp_path / "one", tmp_path / "two"])
    assert (len(found.notes), "second file" in str(found.problems[0])) == (1, True)


def test_a_file_that_vanishes_is_a_note_error(tmp_path: Path) -> None:
    with pytest.raises(NoteError, match="cannot be read"):
        read_bytes(NoteFile(tmp_path / "gone.md", "gone.md"))


def test_a_file_that_has_grown_is_a_note_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "x" * 10)
    (note,) = find_notes([path], max_bytes=10).notes
    assert read_bytes(note) == b"x" * 10
    write(path, "x" * 11)
    with pytest.raises(NoteError, match="more than max_bytes = 10"):
        read_bytes(note)


def test_a_fifo_in_the_place_of_a_note_does_not_hang(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md")
    (note,) = find_notes([path]).notes
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(NoteError, match="no regular file"):
        read_bytes(note)


def test_what_is_found_goes_to_workers(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    found = find_notes([tmp_path])
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  our own value
    assert len({*found.notes}) == 1


@pytest.mark.parametrize(
    "copy",
    ["a (conflicted copy 2024-05-01).md", "a (Bo's conflict).md", "a.sync-conflict-20240501-X.md", "a（冲突副本）.md"],
)
def test_a_conflicted_copy_is_left_out_beside_its_note_and_read_without_it(tmp_path: Path, copy: str) -> None:
    (tmp_path / copy).write_text("# A\n", encoding="utf-8")
    assert [note.name for note in find_notes([tmp_path]).notes] == [copy]
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    found = find_notes([tmp_path])
    assert [note.name for note in found.notes] == ["a.md"]
    assert [(p.path, p.kind) for p in found.problems] == [(copy, "left out")]
