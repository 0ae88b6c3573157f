"""Files are written all or not at all."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from papergraph.system.files import write_whole
from tests.conftest import Run


def test_text_and_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", "一\r\n二\n")
    write_whole(tmp_path / "b.bin", b"\xff\x00")
    assert (tmp_path / "a.txt").read_bytes() == "一\r\n二\n".encode()
    assert (tmp_path / "b.bin").read_bytes() == b"\xff\x00"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_new_file_has_the_mode_that_the_user_chose_for_new_files(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    write_whole(tmp_path / "ours", "x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_the_mode_of_a_file_that_was_there_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_text("old")
    target.chmod(0o640)
    write_whole(target, "new")
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_is_followed(tmp_path: Path, is_there: bool) -> None:
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "page.html", tmp_path / "link"
    if is_there:
        target.write_text("old")
    link.symlink_to(Path("far") / "page.html")
    write_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_link_to_itself_is_an_error(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)
    with pytest.raises(OSError, match="symbolic links"):
        write_whole(link, "x")
    assert link.is_symlink()


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text()))
    reader.start()
    write_whole(pipe, "through")
    reader.join()
    assert heard == ["through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_stdout_by_its_path_is_stdout(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from papergraph.system.files import write_whole; "
        "write_whole(Path('/dev/stdout'), 'x')"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.check_output(command) == b"x"
    with (tmp_path / "out").open("wb") as out:
        inode = os.fstat(out.fileno()).st_ino
        subprocess.run(command, stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"x"
    assert (tmp_path / "out").stat().st_ino == inode


@pytest.mark.parametrize("call", ["fchmod", "fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    target = tmp_path / "a"
    target.write_text("old")

    def fail(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path if call == "replace" else os, call, fail)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(target, "new")
    assert caught.value.filename == str(target)
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_full_device_is_a_plain_error(run: Run, demo_store: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    outcome = run("export", "--format", "csv", "-o", "/dev/full", "--store", demo_store)
    assert outcome.code == 1
    assert outcome.err == "papergraph: /dev/full: No space left on device\n"


def test_a_file_that_may_not_be_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a"
    target.write_text("old")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anything
    with pytest.raises(PermissionError):
        write_whole(target, "new")
    assert target.read_text() == "old"


@pytest.mark.slow
def test_every_command_with_an_output_names_the_file_that_it_cannot_write(
    run: Run, demo_store: Path, tmp_path: Path
) -> None:
    target = tmp_path / "no-such-folder" / "out"
    for command in (
        ("query", "ASK { ?s ?p ?o }"),
        ("lineage", "H2O"),
        ("view",),
        ("export", "--format", "bibtex"),
    ):
        outcome = run(*command, "-o", target, "--store", demo_store)
        assert (outcome.code, outcome.err) == (1, f"papergraph: {target}: No such file or directory\n")
