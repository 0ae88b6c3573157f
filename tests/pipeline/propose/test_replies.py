"""The file of replies: whole after a crash, the same in any order, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.errors import ConfigError
from papergraph.pipeline.propose.replies import Journal, read_replies


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "proposals.jsonl"


def test_replies_are_there_as_soon_as_they_are_added(path: Path) -> None:
    Journal(path, "tiny").add([("b", "two\nlines"), ("a", "一")])
    assert read_replies(path) == {"a": "一", "b": "two\nlines"}


def test_a_line_that_a_crash_cut_costs_only_itself(path: Path) -> None:
    Journal(path, "tiny").add([("a", "one"), ("b", "two")])
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        Journal(path, "tiny").add([("c", "three")])
        found = read_replies(path)
        assert found["c"] == "three"
        assert found.keys() >= ({"a"} if whole[:length].count(b"\n") else set())


def test_the_order_of_lines_says_nothing_and_a_run_sorts_them(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    Journal(path, "tiny").add([("b", "two"), ("a", "one"), ("a", "later")])
    Journal(other, "tiny").add([("a", "one"), ("b", "two")])
    assert read_replies(path) == read_replies(other)
    Journal(path, "tiny").sort()
    assert path.read_bytes() == other.read_bytes()


def test_a_file_of_something_else_is_left_alone(path: Path) -> None:
    path.write_text("alias ll='ls -l'\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="not a file of replies"):
        Journal(path, "tiny")
    assert path.read_text(encoding="utf-8") == "alias ll='ls -l'\n"


def test_a_file_that_cannot_be_read_is_named(path: Path) -> None:
    path.mkdir()
    with pytest.raises(ConfigError, match=r"proposals\.jsonl"):
        read_replies(path)
