"""Ready-made queries: whose come first, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.ask.named import choose_query, read_queries
from papergraph.errors import ConfigError, UnknownNameError


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_queries_of_the_user_come_before_ours_of_the_same_name(tmp_path: Path) -> None:
    write(tmp_path, "what-builds-on.rq", "# Mine?\n# 我的？\nSELECT * {}")
    write(tmp_path, "own.rq", "SELECT ?x {}")
    write(tmp_path, "notes.txt", "no query")
    queries = read_queries([tmp_path])
    assert choose_query("what-builds-on", queries).question == "Mine?"
    assert choose_query("what-builds-on", queries).question_zh == "我的？"
    assert choose_query("own", queries).question == ""
    assert [q.name for q in queries] == sorted(q.name for q in queries)
    assert len(queries) == len(read_queries()) + 1


def test_a_query_file_that_cannot_be_used_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigError, match=r"bad\.rq: not valid UTF-8"):
        read_queries([tmp_path])
    write(tmp_path, "bad.rq", "# @param method\nSELECT ?x {}")
    with pytest.raises(ConfigError, match=r"bad.rq: parameter method needs a default: VALUES \?method"):
        read_queries([tmp_path])
    problems: list[str] = []
    write(tmp_path, "good.rq", "SELECT ?x {}")
    assert "good" in {q.name for q in read_queries([tmp_path], problems)}
    assert len(problems) == 1
    assert "bad.rq" in problems[0]


def test_an_unknown_query_gets_suggestions() -> None:
    with pytest.raises(UnknownNameError, match="did you mean what-builds-on"):
        choose_query("what-build-on", read_queries())
