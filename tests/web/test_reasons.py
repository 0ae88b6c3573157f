"""Why names were merged, in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.resolve.apart import _SHARED, _reason
from papergraph.store import open_store
from papergraph.web.reasons import reason_of
from papergraph.web.words import Words
from tests.web.nowhere import NOWHERE

ZH, EN = Words("zh", NOWHERE), Words("en", NOWHERE)


def test_every_reason_of_the_sample_has_a_chinese_text(demo_store: Path) -> None:
    reasons = {row["r"] for row in open_store(demo_store).select("SELECT ?r { ?s pg:reason ?r }")}
    assert reasons
    assert [r for r in reasons if reason_of(r, ZH) == r] == []
    assert all(reason_of(r, EN) == r for r in reasons)


@pytest.mark.parametrize("tie", _SHARED)
def test_every_reason_for_two_of_one_name_has_one(tie: object) -> None:
    reason = _reason("ZorbNet (a.md:1) and 3 more", tie)  # type: ignore[arg-type]
    said = reason_of(reason, ZH)
    assert said.startswith("未与 ZorbNet (a.md:1) 和另外 3 个 合并：")
    assert _SHARED[tie] not in said  # type: ignore[index]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Zorb: the same as ZorbNet by corrections.tsv", "Zorb：按 corrections.tsv 与 ZorbNet 相同"),
        ("Zorb: called ZorbNet by corrections.tsv", "Zorb：按 corrections.tsv 改称 ZorbNet"),
        ("a Model by corrections.tsv", "按 corrections.tsv 定为模型"),
        ("kept apart from Zorb: corrections.tsv", "未与 Zorb 合并：corrections.tsv"),
        ("what nobody has translated", "what nobody has translated"),
    ],
)
def test_what_corrections_did_is_said_too(reason: str, said: str) -> None:
    assert reason_of(reason, ZH) == said


@pytest.mark.parametrize("name", ["Model", "Paper", "the same title", "Zorb and 2 more"])
def test_a_name_is_said_as_it_is_whatever_words_it_is_made_of(name: str) -> None:
    assert reason_of(f"{name}: called {name} by corrections.tsv", ZH) == f"{name}：按 corrections.tsv 改称 {name}"
    assert reason_of(f"{name}: the same title", ZH) == f"{name}：标题相同"
    assert reason_of(name, ZH) == name
