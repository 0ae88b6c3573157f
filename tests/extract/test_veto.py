"""What a model finds likely and is not claimed: the sentence says something else."""

from __future__ import annotations

import pytest

from papergraph.extract.learned.linear import BIAS
from tests.extract.test_learned import NOTE, SENTENCE, Believe, believe, of_model, read

__all__ = ["believe"]  # a fixture


@pytest.mark.parametrize(
    "sentence",
    [
        "ZorbNet uses SnapKV.",
        "ZorbNet does not use SnapKV.",
        "The blocks do not see SnapKV.",
        "Do the blocks see SnapKV?",
        "解码器并不看 SnapKV。",
        "The blocks see stripes instead of SnapKV.",
        "Unlike SnapKV, the blocks see stripes.",
        "Most methods see SnapKV.",
        "The blocks are faster when seeing SnapKV.",
        "以往的方法看 SnapKV。",
        "SnapKV is slower here.",
        "SnapKV isn't seen at all.",
        "The blocks see stripes like in SnapKV.",
        "The blocks are as fast as plain SnapKV.",
        "Quest 看 SnapKV。",
        "It avoids SnapKV.",
        "Up: SnapKV | Sibling: Quest",
        "这跟 SnapKV 那一类方法很不一样。",
    ],
)
def test_what_a_rule_claims_or_a_sentence_doubts_is_left_alone(believe: Believe, sentence: str) -> None:
    believe({BIAS: {"builds": 9.0}})
    assert of_model(read(NOTE.replace(SENTENCE, sentence))) == []


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("The blocks see stripes, then SnapKV.", "SnapKV"),
        ("分块里先看 SnapKV。", "SnapKV"),
    ],
)
def test_what_nothing_speaks_against_is_claimed(believe: Believe, sentence: str, thing: str) -> None:
    believe({BIAS: {"builds": 9.0}})
    assert ("ZorbNet", "uses", thing) in of_model(read(NOTE.replace(SENTENCE, sentence)))
