"""Copies of a sentence are one witness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.assemble.tally import combined_confidence
from papergraph.assemble.witness import witness
from papergraph.model import Evidence

SENTENCE = "SnapKV 在 LongBench 上优于 H2O"


@pytest.mark.parametrize(
    "copy",
    [
        "- SnapKV 在 LongBench 上优于 H2O。",
        "- [ ] 待读：SnapKV 在 LongBench 上优于 H2O #kv/cache ^ab12",
        "TODO [[notes/SnapKV|SnapKV]] 在 LongBench 上优于 [H2O](https://arxiv.org/abs/2306.14048) ✅ 2024-05-01",
        "3. (2024-05-01) **SnapKV** 在 LongBench 上优于 H2O [date:: 2024-05-01]",
        "【2024年5月1日】SnapKV在LongBench上优于H2O",
    ],
)
def test_marks_links_dates_and_tags_make_no_other_witness(copy: str) -> None:
    assert witness(copy) == witness(SENTENCE)


@pytest.mark.parametrize(
    "other", ["SnapKV 在 LongBench 上不优于 H2O", "SnapKV 在 LongBench 上优于 H2O+", "2024-05-01", ""]
)
def test_another_word_makes_another_witness(other: str) -> None:
    assert witness(other) != witness(SENTENCE)


@given(st.text("abcXYZ 0123好，+", max_size=60))
def test_a_mark_before_and_a_tag_behind_change_nothing(text: str) -> None:
    assert witness(f"- a {text} b #tag") == witness(f"a {text} b")


def test_copies_count_once_and_the_surest_reading_stands() -> None:
    copies = [(SENTENCE, 0.5), (f"- [x] {SENTENCE} #kv", 0.6), (f"{SENTENCE} 2024-05-01", 0.4)]
    evidence = [Evidence(f"e:{n}", "a.md", n, 0, 1, s, "r", "prose", c) for n, (s, c) in enumerate(copies)]
    assert combined_confidence(evidence) == 0.6
