"""The clause that says what a step changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.insight.change import change_of


@pytest.mark.parametrize(
    ("sentence", "subject", "older", "change"),
    [
        ("Keyformer improves on H2O with Gumbel noise.", "Keyformer", "H2O", "with Gumbel noise"),
        ("SnapKV improves on H2O: the end of the prompt votes.", "SnapKV", "H2O", "the end of the prompt votes"),
        ("VATP improves on H2O by weighing in the value norm", "VATP", "H2O", "by weighing in the value norm"),
        ("给 H2O 加一个低秩状态，把丢掉的补回来", "LESS", "H2O", "把丢掉的补回来"),
        ("rsLoRA: 缩放因子从 r 改成根号 r https://a.org/b", "rsLoRA", "LoRA", "缩放因子从 r 改成根号 r"),
        ("PyramidKV extends SnapKV.", "PyramidKV", "SnapKV", ""),
        ("LongLoRA，ICLR 2024，CUHK 和 MIT", "LongLoRA", "LoRA", ""),
        ("", "a", "b", ""),
    ],
)
def test_the_clause_behind_the_names_is_the_change(sentence: str, subject: str, older: str, change: str) -> None:
    assert change_of(sentence, subject, older) == change


@given(st.text(max_size=200), st.text(max_size=8), st.text(max_size=8))
def test_a_change_is_a_part_of_the_sentence(sentence: str, subject: str, older: str) -> None:
    change = change_of(sentence, subject, older)
    assert change == "" or change in sentence or "http" in sentence
