"""What a sentence gives in figures."""

from __future__ import annotations

import time

import pytest

from papergraph.insight.figures import figures, figures_about, measured


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It is 2.5x faster.", ("2.5x",)),
        ("最多快 11.69 倍，显存少 30%", ("11.69 倍", "30%")),
        ("It gains 3.2 points on MMLU and 3.2 points on GSM8K.", ("3.2 points",)),
        ("**61.2**", ("61.2",)),
        ("4.5x", ("4.5x",)),
        ("Mixtral 8x7B and Llama 2 70B on A100-80GB", ()),
        ("arXiv 2306.14048 of 2023", ()),
        ("", ()),
    ],
)
def test_figures_have_units_or_stand_alone(sentence: str, expected: tuple[str, ...]) -> None:
    assert figures(sentence) == expected


def test_a_figure_of_another_clause_is_not_about_a_name() -> None:
    sentence = "H2O needs 20% of the cache, and is 3x faster than FlexGen."
    assert figures_about(sentence, "flexgen") == ("3x",)
    assert figures_about(sentence, "H2O") == ("20%",)
    assert figures_about("1,024x of A", "A") == ("1,024x",)
    assert figures_about(sentence, "") == figures_about(sentence, "DeepSpeed") == ()


def test_what_is_measured_is_the_word_beside() -> None:
    assert measured("throughput up to 29x") == ((29.0, "x", "throughput"),)
    assert measured("快 3 倍") == measured("快 3倍")
    assert measured("1,024% larger")[0][0] == 1024.0
    assert measured("1,5 倍的吞吐")[0] == (1.5, "x", "吞吐")
    assert measured("五倍") == ()


def test_long_sentences_take_linear_time() -> None:
    begun = time.process_time()
    figures("1 " * 100_000 + "%")
    measured("percentage " * 50_000 + "9%" * 1000)
    assert time.process_time() - begun < 5
