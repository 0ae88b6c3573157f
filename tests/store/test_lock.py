"""One build at a time, from before notes are looked for until readers see the graph."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from papergraph.errors import BusyError
from papergraph.store import open_store, restore_previous, write_generation, writing
from tests import graphs
from tests.conftest import Run
from tests.store.folders import GRAPH, SMALLER

HOLDER = """
import sys, time, pathlib
from papergraph.store import writing
with writing(pathlib.Path(sys.argv[1]), "on my notes\x1b[31m\\n" + "x" * 5000):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(folder: Path) -> Iterator[int]:
    """Hold the store in another process until the test ends; the number of that process."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, folder], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield other.pid
        other.kill()


def test_a_second_build_is_told_who_builds_where_and_what(folder: Path, holder: int) -> None:
    expected = rf"another build is running: pid {holder} on \S+, on my notes\\x1b\[31m x+…; wait for it to finish"
    for act in (lambda: write_generation(folder, SMALLER, graphs.RUN), lambda: restore(folder)):
        with pytest.raises(BusyError, match=expected):
            act()
    assert open_store(folder).read_graph() == GRAPH, "readers need no lock"


def restore(folder: Path) -> None:
    (folder / "CURRENT").write_text((folder / "CURRENT").read_text() + "previous\n")
    restore_previous(folder)


def test_a_build_on_the_command_line_is_refused_before_it_reads_a_note(
    folder: Path, holder: int, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("- SnapKV improves on H2O\n", encoding="utf-8")
    outcome = run("build", tmp_path / "a.md", "--store", folder)
    assert (outcome.code, outcome.out) == (1, "")
    assert f"another build is running: pid {holder} on " in outcome.err
    assert not (folder / "cache").exists()


def test_the_lock_goes_with_the_process(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, folder], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    write_generation(folder, SMALLER, graphs.RUN)
    assert open_store(folder).read_graph() == SMALLER


def test_the_lock_holds_within_one_process_and_tells_nothing_of_the_last_holder(folder: Path) -> None:
    with (
        writing(folder, "on a"),
        pytest.raises(BusyError, match=r"on a; wait"),
        writing(folder, "on b"),
    ):
        pass
    assert (folder / "lock").read_bytes() == b""
    (folder / "lock").write_bytes(b"\xff")
    write_generation(folder, SMALLER, graphs.RUN)


def test_of_two_builds_at_once_the_second_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    for name, text in (("one", "- SnapKV improves on H2O, a KV cache method\n"), ("two", "- LongLoRA extends LoRA\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "papergraph", "-q", "build", "--store", str(tmp_path / "store")]
    with subprocess.Popen(
        [*command, str(tmp_path / "one")], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as first:
        while not (tmp_path / "store" / "papergraph-store.json").is_file():
            assert first.poll() is None
        first.send_signal(signal.SIGSTOP)  # it stands somewhere between its first note and its graph
        second = subprocess.run([*command, str(tmp_path / "two")], capture_output=True, text=True, check=False)
        first.send_signal(signal.SIGCONT)
        _, err = first.communicate()
    assert (first.returncode, err) == (0, b"")
    assert (second.returncode, second.stdout) == (1, "")
    assert f"another build is running: pid {first.pid} on " in second.stderr
    assert str(tmp_path / "one") in second.stderr
    labels = {e.label for e in open_store(tmp_path / "store").read_graph().entities}
    assert "SnapKV" in labels
    assert "LongLoRA" not in labels
