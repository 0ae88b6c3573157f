import pytest

from papergraph.sources.language import Counts, LanguageModel, spell


def test_text_is_spelled_without_spaces_and_in_simplified_characters() -> None:
    assert spell("使用 reward_model, 8 卡訓練") == "使用A，0卡训练"


@pytest.mark.parametrize(
    ("likely", "unlikely"), [("低秩", "住秩"), ("分块", "分南"), ("过程中", "过程不"), ("词元", "话元")]
)
def test_words_of_the_field_are_likelier(likely: str, unlikely: str) -> None:
    model = LanguageModel()

    def log(text: str) -> float:
        return sum(model.log(text[max(0, end - 5) : end]) for end in range(1, len(text) + 1))

    assert log(likely) > log(unlikely)


def test_probabilities_follow_nearer_texts() -> None:
    plain, near = LanguageModel(), LanguageModel(Counts(["汐言模型"] * 9))
    assert near.log("汐言") > plain.log("汐言")


def test_nothing_is_counted_across_a_gap() -> None:
    counts = Counts(["汐\ufffd言"])
    assert counts.adapted("汐言", 0.25) == 0.25
    assert counts.adapted("\ufffd言", 0.25) == 0.25
