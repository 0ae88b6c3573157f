"""`papergraph vocabulary`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Run

HEADER = "name\taliases\ttype\n"


def test_our_own_vocabulary_is_clean(run: Run) -> None:
    outcome = run("vocabulary", "check")
    assert outcome.code == 0
    assert outcome.out == ""
    assert "0 problems" in outcome.err


def test_a_clash_in_a_file_of_the_user_is_told_with_file_and_line(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text(f"{HEADER}Zorb\tSnapKV\tMethod\n", encoding="utf-8")
    outcome = run("vocabulary", "check", mine)
    assert outcome.code == 1
    assert f"{mine}:2" in outcome.out
    assert "'SnapKV'" in outcome.out
    assert json.loads(run("vocabulary", "check", mine, "--json").out)["doubts"]


def test_suggestions_become_entries(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("- ZorbKV: 先压缩\n- ZorbKV 优于 SnapKV，ZorbKV 也更快\n", encoding="utf-8")
    listed = run("vocabulary", "suggest", note)
    assert listed.code == 0
    assert "3 in 1 note" in listed.out
    assert "a.md:1  - ZorbKV: 先压缩" in listed.out
    (one,) = json.loads(run("vocabulary", "suggest", note, "--json").out)
    assert (one["name"], one["sentence"]) == ("ZorbKV", "- ZorbKV: 先压缩")
    mine = tmp_path / "methods-mine.tsv"
    mine.write_text(run("vocabulary", "suggest", note, "--format", "tsv").out, encoding="utf-8")
    assert run("vocabulary", "check", mine).code == 0
    (tmp_path / "papergraph.toml").write_text('vocabulary = ["methods-mine.tsv"]\n', encoding="utf-8")
    assert run("--config", tmp_path / "papergraph.toml", "vocabulary", "suggest", note).out == ""


def test_notes_must_be_named(run: Run) -> None:
    assert "no notes given" in run("vocabulary", "suggest").err
