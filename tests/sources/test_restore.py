from papergraph.sources.language import Counts, LanguageModel, spell
from papergraph.sources.restore import choose


def chosen(slots: list[tuple[str, ...]], model: LanguageModel, unlikely: str = "") -> str:
    return "".join(character for character, _ in choose(slots, model, 16, frozenset(unlikely)))


def slots_of(text: str, candidates: dict[str, str]) -> list[tuple[str, ...]]:
    return [tuple(candidates.get(character, character)) for character in text]


def test_what_stands_before_and_after_decides() -> None:
    candidates = {"?": "中不与"}
    text = chosen(slots_of("在训练过程?使用，这是?同的方法。", candidates), LanguageModel())
    assert text == "在训练过程中使用，这是不同的方法。"


def test_latin_names_stay_and_count_as_one_character() -> None:
    assert chosen(slots_of("reward model ?择", {"?": "选通"}), LanguageModel()) == "reward model 选择"


def test_the_note_itself_outweighs_the_counts() -> None:
    slots = slots_of("?剑桥", {"?": "苏杨"})
    note = LanguageModel(Counts([spell("杨剑桥提出，杨剑桥证明，杨剑桥认为。" * 5)]))
    assert chosen(slots, note) == "杨剑桥"


def test_characters_of_the_other_script_are_unlikely() -> None:
    slots = slots_of("?言", {"?": "語语"})
    assert chosen(slots, LanguageModel(), unlikely="语") == "語言"
    assert chosen(slots, LanguageModel(), unlikely="語") == "语言"


def test_an_even_choice_is_doubtful_and_a_clear_one_is_not() -> None:
    doubtful = [d for _, d in choose(slots_of("注?力。?", {"?": "意中不与"}), LanguageModel(), 16)]
    assert doubtful == [False, False, False, False, True]
