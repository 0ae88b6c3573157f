"""One run at a time adds to a file of replies, whatever becomes of the others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from papergraph.errors import BusyError, ConfigError
from papergraph.pipeline.propose.replies import Journal, read_replies
from papergraph.pipeline.propose.writer import only_writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "proposals.jsonl"


def test_a_second_writer_is_refused_until_the_first_is_done(path: Path) -> None:
    with only_writer(path):
        with pytest.raises(BusyError, match="another run of papergraph adds replies"), only_writer(path):
            pytest.fail("two writers")
        Journal(path, "tiny").add([("b", "two"), ("a", "one")])
    with only_writer(path):
        assert list(read_replies(path)) == ["a", "b"]


def test_the_lock_is_that_of_the_file_that_is_there_now(path: Path) -> None:
    Journal(path, "tiny").add([("a", "one")])
    with only_writer(path):
        Journal(path, "tiny").sort()  # which replaces the file
        handle = os.open(path, os.O_RDWR)
        os.close(handle)
    with only_writer(path), pytest.raises(BusyError), only_writer(path):
        pytest.fail("two writers")


def test_a_killed_writer_leaves_no_lock(path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from papergraph.pipeline.propose.writer import only_writer\n"
        "with only_writer(Path(sys.argv[1])): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 9
    with only_writer(path):
        Journal(path, "tiny").add([("a", "one")])
    assert read_replies(path) == {"a": "one"}


def test_nothing_is_left_where_nothing_was_written(path: Path) -> None:
    with only_writer(path):
        assert path.exists()
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="none/replies"), only_writer(tmp_path / "none" / "replies"):
        pytest.fail("no folder")
