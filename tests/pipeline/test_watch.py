"""Notes are watched: a change counts once it has come to rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from papergraph.pipeline.watch import look, watch_notes
from papergraph.store import open_store


def steps(*changes: Callable[[], object]) -> Callable[[float], bool]:
    """Make a change at each wait; the watch ends with the last."""
    remaining = iter(changes)

    def wait(seconds: float) -> bool:
        assert seconds > 0
        change = next(remaining, None)
        if change:
            change()
        return change is not None

    return wait


def nothing() -> None:
    """Let a look find nothing new."""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text("# H2O", encoding="utf-8")
    return path


def writes(path: Path, text: str) -> Callable[[], object]:
    return lambda: path.write_text(text, encoding="utf-8")


def count(paths: list[Path], *changes: Callable[[], object], extra: tuple[Path, ...] = ()) -> int:
    return sum(1 for _ in watch_notes(paths, look(paths, extra), extra=extra, wait=steps(*changes)))


def test_a_note_that_rests_causes_nothing(note: Path) -> None:
    assert count([note.parent], nothing, nothing, nothing) == 0


def test_one_change_in_several_steps_counts_once(note: Path) -> None:
    grow = [writes(note, "# H2O" + "!" * n) for n in range(1, 5)]
    assert count([note.parent], *grow, nothing, nothing, nothing) == 1


def test_new_and_vanished_notes_count(note: Path) -> None:
    other = note.with_name("b.md")
    assert count([note.parent], writes(other, "# B"), nothing, nothing, other.unlink, nothing, nothing) == 2


def test_a_change_that_is_taken_back_does_not_count(note: Path) -> None:
    state = note.stat()

    def back() -> None:
        note.write_text("# H2O", encoding="utf-8")
        os.utime(note, ns=(state.st_atime_ns, state.st_mtime_ns))

    assert count([note.parent], writes(note, "# H2O!"), back, nothing, nothing) == 0


def test_notes_that_never_rest_are_read_all_the_same(note: Path) -> None:
    grow = [writes(note, "x" * n) for n in range(1, 60)]
    assert count([note.parent], *grow, nothing, nothing) >= 2


def test_vocabularies_and_patterns_count_too(note: Path, tmp_path: Path) -> None:
    words = tmp_path / "methods.tsv"
    words.write_text("name\n", encoding="utf-8")
    assert count([note], writes(words, "name\nZorb\n"), nothing, nothing, extra=(words,)) == 1


def test_what_changed_while_the_notes_were_read_is_seen(note: Path) -> None:
    before = look([note])
    note.write_text("# Changed", encoding="utf-8")
    assert sum(1 for _ in watch_notes([note], before, wait=steps(nothing, nothing))) == 1


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("- Keyformer: improves on H2O\n", encoding="utf-8")
    return folder


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the command line in processes that end with the test."""
    processes: list[subprocess.Popen[str]] = []

    def start(*arguments: str | Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "papergraph", *map(str, arguments)]
        processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def wait_for(text: str, process: subprocess.Popen[str]) -> str:
    assert process.stderr
    for line in process.stderr:
        if text in line:
            return line
    raise AssertionError(f"{text!r} was not said")


@pytest.mark.slow
def test_build_watch_builds_again_and_ends_quietly(
    vault: Path, tmp_path: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    process = started("build", vault, "--store", tmp_path / "store", "--watch")
    assert "1 note " in wait_for(" -> ", process)
    wait_for("watching", process)
    (vault / "b.md").write_text("- LongLoRA: extends LoRA\n", encoding="utf-8")
    assert "2 notes" in wait_for(" -> ", process)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) in {0, 130}


@pytest.mark.slow
def test_build_watch_keeps_the_graph_of_a_folder_that_is_gone_and_goes_on_when_it_is_back(
    vault: Path, tmp_path: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    away = vault.rename(tmp_path / "away")
    process = started("build", vault, "--store", tmp_path / "store", "--watch")
    assert "no graph was built" in wait_for("does not exist", process)
    wait_for("watching", process)
    away.rename(vault)
    assert "1 note " in wait_for(" -> ", process)
    vault.rename(away)
    assert "was not changed" in wait_for("does not exist", process)
    assert open_store(tmp_path / "store").find("Keyformer")
    away.rename(vault)
    (vault / "b.md").write_text("- LongLoRA: extends LoRA\n", encoding="utf-8")
    assert "2 notes" in wait_for(" -> ", process)


@pytest.mark.slow
def test_serve_watch_answers_from_what_the_notes_say_now(
    vault: Path, tmp_path: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    pytest.importorskip("starlette", reason="needs the extra `serve`")
    from tests.serve.running import Server

    process = started("serve", "--port", "0", "--store", tmp_path / "store", "--watch", vault)
    port = int(wait_for("serving at", process).partition("127.0.0.1:")[2].partition("/")[0])
    question = "ASK { ?new pg:improvesOn method:snapkv }"
    assert b"false" in Server(port).ask(question).body
    (vault / "b.md").write_text("- PyramidKV: improves on SnapKV\n", encoding="utf-8")
    end = time.monotonic() + 300
    while b"true" not in Server(port).ask(question).body:
        assert time.monotonic() < end, "the change was not served"
        time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
