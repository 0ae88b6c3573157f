"""From bytes to text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.errors import NoteError
from papergraph.sources import read_document
from papergraph.sources.encoding import decode, read_text

ROOT = Path(__file__).parents[2]
TEXTS = {
    "gb18030": "大语言模型的键值缓存会随着序列长度线性增长，成为推理时的主要瓶颈。我觉得这个方法比较简单，但是很有效。",
    "big5": "大型語言模型的鍵值快取會隨著序列長度線性增長，成為推理時的主要瓶頸。我覺得這個方法比較簡單，但是很有效。",
    "cp932": "大規模言語モデルの推論では、キャッシュが系列長に比例して大きくなる。手法は簡単だが効果的だと思う。",
    "euc_jp": "実験の結果を見ると、注意の分布は疎であり、少数のトークンが重みの大部分を占めることがわかる。",
    "cp949": "이 논문은 중요한 토큰만 남기는 새로운 제거 전략을 제안한다. 방법은 간단하지만 효과적이라고 생각한다.",
}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-32"])
def test_every_common_encoding_is_read(codec: str) -> None:
    text = "# 键值缓存 H2O\n\n这是关于注意力的中文笔记，用来检验编码。Plain English as well, for UTF-16.\n"
    assert decode(text.encode(codec))[0] == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        ("\u3000\n".encode(), "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (bytes(range(256)) * 9, "is binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", "is binary"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08\x0e" * 3 + b"text", "control characters"),
        ("Привет, это заметка".encode("cp1251"), "no UTF-8"),
        (b"\xff\xfe\x00", "is damaged"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(NoteError, match=reason):
        decode(data)


def test_controls_become_spaces_one_for_one() -> None:
    assert decode(b"a\x01b and one \x00")[0] == "a b and one  "


@pytest.mark.parametrize("codec", TEXTS)
@pytest.mark.parametrize("around", ["{}", "# KV cache\n\n- H2O: {} (arXiv 2306.14048)\n"])
def test_east_asian_encodings_are_told_apart(codec: str, around: str) -> None:
    text = around.format(TEXTS[codec])
    decoded = read_text(text.encode(codec))
    assert (decoded.text, decoded.warnings) == (text, ())


@pytest.mark.parametrize("codec", TEXTS)
def test_a_short_east_asian_text_is_read_as_the_likeliest_and_named_a_guess(codec: str) -> None:
    text = "# KV cache\n\n" + TEXTS[codec][2:10]
    decoded = read_text(text.encode(codec))
    assert decoded.text == text
    (warning,) = decoded.warnings
    assert warning.startswith("was taken for ")
    assert "a guess" in warning


def test_a_damaged_byte_of_east_asian_text_costs_a_character_and_not_the_note() -> None:
    data = (TEXTS["gb18030"] * 3 + "\n").encode("gb18030")
    decoded = read_text(data + b"\xff\n" + data)
    assert (decoded.codec, decoded.text.count("\ufffd")) == ("gb18030", 1)
    assert decoded.warnings == ("line 2: a damaged character became U+FFFD; write it anew and save the note as UTF-8",)


@pytest.mark.parametrize(
    "text", ["résumé naïve", "“quoted” – naïve, Schrödinger’s cat", "Größe über Äpfel, schöne Bücher"]
)
def test_few_accents_are_windows_1252_and_named_a_guess(text: str) -> None:
    decoded = read_text(text.encode("cp1252"))
    assert (decoded.text, "a guess" in decoded.warnings[0]) == (text, True)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("注意力".encode() + b"\xff" + "机制".encode(), "注意力\ufffd机制"),
        ("注意力机制".encode()[:-1], "注意力机\ufffd"),
        ("注意".encode()[1:] + "力机制".encode(), "\ufffd意力机制"),
        (b"\xef\xbb\xbf" + "注意力".encode() + b"\xff", "注意力\ufffd"),
        (b"KV cache \xe4\xbd", "KV cache \ufffd"),
        ("abc def ghi jkl".encode("utf-16") + b"a", "abc def ghi jkl\ufffd"),
        ("abc def ghi jkl".encode("utf-16-le") + b"a", "abc def ghi jkl\ufffd"),
    ],
)
def test_a_damaged_byte_costs_one_character_and_is_told(data: bytes, text: str) -> None:
    decoded = read_text(data)
    assert decoded.text == text
    assert decoded.warnings[0].startswith("line 1: a damaged character became U+FFFD")
    assert read_document("a.md", data).warnings == decoded.warnings


@pytest.mark.slow
def test_a_misread_text_with_a_damaged_byte_is_still_restored() -> None:
    text = TEXTS["gb18030"] * 3
    misread = text.encode().decode("latin-1").encode()
    document = read_document("a.md", misread + b"\xff" + b"\nend\n")
    assert document.text == text + "\ufffd\nend\n"
    assert len(document.warnings) == 1


def mutated(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]


def few_are_hurt(folder: Path) -> None:
    notes = {path.name: path.read_bytes() for path in sorted(folder.glob("*.md"))}
    chance = random.Random(12)  # noqa: S311  no secret
    for _ in range(500):
        name = chance.choice(list(notes))
        data = mutated(notes[name], chance)
        before, after = decode(notes[name])[0], decode(data)[0]
        assert abs(len(before) - len(after)) <= 2, name
        start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
        assert after.endswith(before[start + 4 :]), name


def test_no_single_byte_rejects_a_note() -> None:
    few_are_hurt(ROOT / "data" / "notes")


def test_no_single_byte_rejects_a_real_note(shared: Path) -> None:
    few_are_hurt(shared / "notes" / "seeds")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_note_error(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except NoteError:
        return
    text.encode()
    assert "\x00" not in text


def test_the_japanese_of_mail_is_read_by_its_escapes() -> None:
    text = "BERTはTransformerを使う。\n"
    assert read_text(text.encode("iso2022_jp")).text == text
