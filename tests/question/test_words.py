"""The words of a question as features."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papergraph.question.words import features, tokens


def test_words_lose_their_endings_and_chinese_is_read_sign_by_sign() -> None:
    assert tokens("Methods EXTENDING <entity>?") == ("method", "extend", "<entity>")
    assert tokens("谁改进了 <entity>") == ("谁", "改", "进", "了", "<entity>")
    assert tokens("誰優於") == tokens("谁优于")


def test_a_list_of_any_length_asks_for_the_same() -> None:
    two = tokens("compare <entity> and <entity>")
    assert tokens("compare <entity>, <entity> and <entity>") in {two, ("compar", "<entity>", "<entity>")}
    assert tokens("<entity>、<entity>、<entity>、<entity>") == ("<entity>", "<entity>")
    assert tokens("<entity> beats <entity> and <entity>") == ("<entity>", "beat", "<entity>", "and", "<entity>")


def test_the_order_of_words_is_a_feature() -> None:
    assert features(tokens("what builds on <entity>")) != features(tokens("what <entity> builds on"))


@given(st.text(max_size=300))
def test_any_text_has_features(text: str) -> None:
    assert all(features(tokens(text)))
