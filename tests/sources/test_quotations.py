"""Where the words of a sentence stand."""

from __future__ import annotations

import pytest

from papergraph.sources.quotations import find_quotation


@pytest.mark.parametrize(
    ("text", "sentence", "found"),
    [
        ("> **A** builds on\n> [B](x).", "A builds on", "A** builds on"),
        ("大模型 很慢。Ｈ₂Ｏ 改进了它", "H2O改进了它", "Ｈ₂Ｏ 改进了它"),
        ("QLoRA is it, LoRA is it", "LoRA is it", "LoRA is it"),
        ("It beats H2O+. It beats H2O.", "it beats h2o", "It beats H2O"),
    ],
)
def test_only_letters_digits_and_plus_signs_count(text: str, sentence: str, found: str) -> None:
    span = find_quotation(text, sentence)
    assert span
    assert span.of(text) == found


@pytest.mark.parametrize("sentence", ["LoRA is", "QLoRA i", "", "...", "QLoRA is not it"])
def test_a_part_of_a_word_and_other_words_are_not_found(sentence: str) -> None:
    assert find_quotation("QLoRA is it", sentence) is None
