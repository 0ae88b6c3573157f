"""One process at a time holds a file."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from papergraph.system.files import write_whole
from papergraph.system.hold import hold_file


def test_a_file_is_held_once_even_after_it_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with hold_file(path):
        with pytest.raises(BlockingIOError), hold_file(path):
            pytest.fail("held twice")
        write_whole(path, "new")
    with hold_file(path), pytest.raises(BlockingIOError), hold_file(path):
        pytest.fail("held twice")
    assert path.read_text(encoding="utf-8") == "new"


def test_another_writer_is_waited_for(tmp_path: Path) -> None:
    path, order = tmp_path / "a", list[str]()
    holds, ends = threading.Event(), threading.Event()

    def first() -> None:
        with hold_file(path):
            holds.set()
            ends.wait(10)
            write_whole(path, "first")
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    assert holds.wait(10)
    threading.Timer(0.1, ends.set).start()
    with hold_file(path, 10):
        order.append("second")
        assert path.read_text(encoding="utf-8") == "first"
    thread.join()
    assert order == ["first", "second"]


def test_a_file_that_stays_empty_is_removed(tmp_path: Path) -> None:
    with hold_file(tmp_path / "a"):
        assert (tmp_path / "a").exists()
    assert not (tmp_path / "a").exists()
