from pathlib import Path

import pytest

from papergraph.sources.repair import detect, repair

LOST = b"\x81\x8d\x8e\x8f\x90\x9d\x9e\xad"
NOTES = sorted((Path(__file__).parents[2] / "data" / "notes").glob("*.md"))
TRADITIONAL = (
    "我們在訓練過程中使用低秩矩陣，與原始語言模型相比，推理速度提升兩倍，詞元數量也減少。"
    "這個對比實驗說明，架構設計很重要。"
)
SIMPLIFIED = (
    "我们在训练过程中使用低秩矩阵，与原始语言模型相比，推理速度提升两倍，词元数量也减少。"
    "这个对比实验说明，架构设计很重要。"
)


def damage(text: str) -> str:
    return bytes(byte for byte in text.encode() if byte not in LOST).decode("cp1254")


def share_of_right(text: str) -> float:
    restored = repair(damage(text))
    assert restored is not None
    assert len(restored.text) == len(text)
    hurt = [place for place, character in enumerate(text) if not set(LOST).isdisjoint(character.encode())]
    return sum(restored.text[place] == text[place] for place in hurt) / len(hurt)


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
def test_both_scripts_come_back(text: str) -> None:
    assert share_of_right(text) >= 0.97


def test_a_heavily_damaged_note_keeps_its_length_and_what_is_whole() -> None:
    text = "训练中来与不降维、探测、偏差、低秩、吞吐、架构、逐步、子词，都不好。" * 40
    hurt = [place for place, character in enumerate(text) if not set(LOST).isdisjoint(character.encode())]
    assert len(hurt) > 0.3 * len(text)
    restored = repair(damage(text))
    assert restored is not None
    assert [restored.text[i] for i in range(len(text)) if i not in set(hurt)] == [
        text[i] for i in range(len(text)) if i not in set(hurt)
    ]


def test_quotes_and_brackets_come_back_in_pairs() -> None:
    text = "作者称之为“注意力汇聚”（attention sink）。【动机】窗口注意力不稳定，「首词元」很重要！\n" * 8
    restored = repair(damage(text))
    assert restored is not None
    assert [c for c in restored.text if c in "“”【】「」！"] == [c for c in text if c in "“”【】「」！"]


def test_what_is_no_utf_8_misread_stays_as_it_is() -> None:
    for codec in ("gbk", "big5"):
        text = (SIMPLIFIED if codec == "gbk" else TRADITIONAL).encode(codec).decode("latin-1") * 5
        assert detect(text) == ""
        assert repair(text) is None


def test_equal_damage_gives_equal_text() -> None:
    text = damage(SIMPLIFIED * 3)
    assert repair(text) == repair(text, [])


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_clean_notes_stay_as_they_are(path: Path) -> None:
    assert repair(path.read_text("utf-8")) is None
