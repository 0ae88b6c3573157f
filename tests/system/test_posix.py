"""What happens on a system without locks of files and limits of processes, such as Windows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from papergraph.system import posix

#: Hides what Windows does not have before anything of papergraph is imported.
ELSEWHERE = """
import os, signal, sys
sys.modules["fcntl"] = sys.modules["resource"] = None
del os.fork, signal.SIGKILL, signal.SIGXCPU
import papergraph as pg
"""


def elsewhere(program: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", ELSEWHERE + program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_graph_can_be_read_and_asked(demo_store: Path) -> None:
    program = (
        "graph = pg.open_graph(sys.argv[1])\n"
        "print(graph.lineage('H2O'), graph.show('Jamba'), graph.query('what-builds-on', method='SnapKV'))"
    )
    done = elsewhere(program, demo_store)
    assert done.returncode == 0, done.stderr
    assert "Keyformer" in done.stdout
    assert "PyramidKV" in done.stdout


def test_every_command_can_be_named(demo_store: Path) -> None:
    program = "from papergraph.cli import main; main(sys.argv[1:])"
    assert elsewhere(program, Path("--help")).returncode == 0
    lineage = elsewhere(program, Path("lineage"), Path("H2O"), Path("--store"), demo_store)
    assert (lineage.returncode, "Keyformer" in lineage.stdout) == (0, True), lineage.stderr


def test_a_build_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("- SnapKV improves on H2O\n", encoding="utf-8")
    program = "from papergraph.cli import main; main(['build', sys.argv[1], '--store', sys.argv[2]])"
    done = elsewhere(program, tmp_path / "a.md", tmp_path / "s")
    assert done.returncode == 1, done.stderr
    assert "has no file locks or limits of processes (fcntl); run it on Linux or macOS, or in WSL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have locks and limits")
def test_here_nothing_is_missing_and_a_lock_is_held_once(tmp_path: Path) -> None:
    assert posix.missing() == ""
    first, second = (os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT) for _ in range(2))
    try:
        posix.lock(first)
        with pytest.raises(BlockingIOError):
            posix.lock(second)
        os.close(first)
        posix.lock(second)
    finally:
        os.close(second)
