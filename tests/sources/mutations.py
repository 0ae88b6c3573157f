"""Notes as accidents leave them: random edits of text and random changes of bytes, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

#: What an editor, a clipboard or a slip of the hand puts into a note.
MARKUP = (
    *("\n\n", "\n- ", "\n  - ", "\n# ", "\n> ", "\n| a | b |\n|---|---|\n", "**", "*", "`", "```\n", "$", "$$\n"),
    *("[", "](", ")", "[[", "]]", "|", "---\n", "+++\n", "<!--", "<details>", "&amp;", "#tag ", ":: ", "：", "（"),
    *("\r", "\t", "\u3000", "\ufeff", "\ue000", "\uf0b7 ", "\uf8ff", "\u200b", "\u202e", "\u0301", "\x1b[31m"),
    *("https://arxiv.org/abs/2306.14048", "改进了 ", " improves on ", " extends ", "H2O, LoRA and SnapKV ", "等"),
)

TextEdit = Callable[[random.Random, str], str]
ByteEdit = Callable[[random.Random, bytes], bytes]


def _piece(chance: random.Random, size: int, most: int = 200) -> tuple[int, int]:
    start = chance.randrange(size + 1)
    return start, min(size, start + chance.randrange(1, most))


def _delete(chance: random.Random, text: str) -> str:
    start, end = _piece(chance, len(text))
    return text[:start] + text[end:]


def _repeat(chance: random.Random, text: str) -> str:
    start, end = _piece(chance, len(text))
    return text[:end] + text[start:end] * chance.randrange(1, 30) + text[end:]


def _swap(chance: random.Random, text: str) -> str:
    a, b, c, d = sorted(chance.randrange(len(text) + 1) for _ in range(4))
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _insert(chance: random.Random, text: str) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(MARKUP) * chance.choice((1, 1, 2, 50)) + text[place:]


def _cut(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _join_lines(chance: random.Random, text: str) -> str:
    return text.replace("\n", chance.choice((" ", "\r\n", "\r", "\n\n", "")))


TEXT_EDITS: tuple[TextEdit, ...] = (_delete, _repeat, _swap, _insert, _insert, _insert, _cut, _join_lines)


def _change_byte(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]


def _drop_byte(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + data[place + 1 :]


def _add_byte(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([chance.randrange(256)]) + data[place:]


def _cut_bytes(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(1, len(data))]


BYTE_EDITS: tuple[ByteEdit, ...] = (_change_byte, _drop_byte, _add_byte, _cut_bytes)


def edited_texts(texts: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Yield `count` texts, each one of `texts` after one to four edits."""
    chance = random.Random(seed)  # noqa: S311  no secret
    for _ in range(count):
        text = chance.choice(texts)
        for _ in range(chance.randrange(1, 5)):
            text = chance.choice(TEXT_EDITS)(chance, text)
        yield text


def changed_bytes(notes: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield `count` notes, each with one change of its bytes."""
    chance = random.Random(seed)  # noqa: S311  no secret
    for _ in range(count):
        yield chance.choice(BYTE_EDITS)(chance, chance.choice(notes))
