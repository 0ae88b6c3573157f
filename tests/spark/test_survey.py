"""What a first look at all notes decides."""

from __future__ import annotations

from pathlib import Path

from papergraph.pipeline.readers.sample import take_sample
from papergraph.sources import find_notes
from papergraph.spark.survey import Surveyed, choose_notes, choose_sample, decoded, shard_of, survey_notes

CLEAN = "# 注意力\n\n我们把不重要的词元淘汰掉，并且保留最近的窗口。训练数据与长文本任务有关。\n" * 5
DAMAGED = (CLEAN * 3).encode().decode("latin-1")


def surveyed(texts: dict[str, bytes]) -> list[Surveyed]:
    return [Surveyed(*row) for row in survey_notes(((name, data, "") for name, data in texts.items()), 2_000_000)]


def test_damaged_notes_are_repaired_by_the_notes_that_a_local_build_takes(tmp_path: Path) -> None:
    texts = {f"{number}.md": CLEAN.encode() + bytes(str(number), "ascii") for number in range(5)}
    texts["damaged.md"] = DAMAGED.encode()
    texts["english.md"] = b"# H2O\n\nAn English note.\n"
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
    chosen = choose_sample(surveyed(texts))
    expected = take_sample(find_notes([tmp_path]).notes).texts
    assert tuple(sorted(decoded(texts[name]) for name in chosen)) == expected
    assert len(chosen) == 5
    del texts["damaged.md"]
    assert choose_sample(surveyed(texts)) == ()


def test_copies_second_rows_and_what_is_too_large_are_left_out() -> None:
    texts = {"a.md": b"# H2O", "a (1).md": b"# H2O", "b (1).md": b"# SnapKV", "a.sync-conflict-x.md": b"other"}
    rows = [*surveyed(texts), *surveyed({"b (1).md": b"# Jamba"}), *surveyed({"a.md": b"# H2O"})]
    notes, problems = choose_notes([*rows, Surveyed("big.md", "x", 0, False, False, "has 9 bytes")])
    assert [note.path for note in notes] == ["a.md", "b (1).md"]
    assert [problem.path for problem in problems] == ["big.md", "b (1).md", "a (1).md", "a.sync-conflict-x.md"]


def test_a_note_without_bytes_is_a_problem() -> None:
    (row,) = survey_notes([("a.md", None, "")], 100)
    assert Surveyed(*row).problem == "cannot be read: it has no content"


def test_every_note_has_one_shard() -> None:
    assert {shard_of(f"{number}.md", 4) for number in range(100)} == {0, 1, 2, 3}
    assert shard_of("笔记.md", 1) == 0
