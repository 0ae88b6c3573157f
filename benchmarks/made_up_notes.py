"""Made-up notes whose names are as unevenly spread as in a real collection: few in every note, most in one or two.

python -m benchmarks.made_up_notes FOLDER [--notes 4000] [--kilobytes 7.5]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

_FIRST = (
    "Ka",
    "Lo",
    "Mir",
    "Ta",
    "Ves",
    "No",
    "Ri",
    "Sol",
    "Den",
    "Qua",
    "Fa",
    "Pel",
    "Zu",
    "Gan",
    "Her",
    "Bri",
    "Clo",
)
_LAST = ("Net", "Former", "KV", "Cache", "LM", "Tune", "Prune", "Quant", "Mix", "Flow", "Attn", "Bench", "RL", "MoE")
_WORDS = (
    *("the", "of", "a", "and", "model", "cache", "tokens", "layers", "long", "memory", "during", "each", "query"),
    *("training", "weights", "which", "reduces", "keeps", "cost", "by", "with", "sequence", "at", "inference", "for"),
)
_CHINESE = "注意力缓存在推理时很大我们把不重要的词元淘汰掉并且保留最近的窗口训练数据与长文本任务有关实验说明方法有效"
_SENTENCES = (
    *("{a} improves on {b}.", "{a} outperforms {b} on {data}.", "{a} extends {b} and uses {c}."),
    *("{a} 在 {data} 上优于 {b}。", "{a} builds on {b}.", "We compare {a} with {b} and {c}.", "{a} 改进了 {b}。"),
)
_INSTITUTIONS = ("MIT", "Stanford University", "Tsinghua University", "Google", "清华大学", "Meta AI", "NVIDIA", "CMU")
_TOPICS = ("KV cache", "Quantization", "Long context", "Alignment", "Retrieval", "Sparse attention", "Reasoning")
#: How fast names get rarer: the n-th is named as often as n to the power of this, beside the first.
_SKEW = -1.05
#: Papers, methods and data sets for each note.
_PAPERS, _METHODS, _DATASETS = 3.0, 2.5, 0.1
#: A method that is named in about every eighth note; the singular in one note takes its place in all of them.
PLURAL, _RENAMED = "WexoNets", 0.0125


class _Names:
    """Names that are drawn unevenly."""

    def __init__(self, names: Sequence[str], chance: random.Random) -> None:
        self._names = names
        self._weights = list(accumulate((rank + 1) ** _SKEW for rank in range(len(names))))
        self._chance = chance

    def draw(self, count: int = 1) -> list[str]:
        """Return so many names, of which some may be the same."""
        return self._chance.choices(self._names, cum_weights=self._weights, k=count)


def write_notes(folder: Path, notes: int, kilobytes: float) -> None:
    """Write so many notes, of so many kilobytes on average, in folders of 100; the same for the same numbers."""
    chance = random.Random(17)  # noqa: S311  nothing secret
    names = [_method(number) for number in range(round(notes * _METHODS))]
    names[round(notes * _RENAMED)] = PLURAL
    methods = _Names(names, chance)
    papers = _Names([f"{number}" for number in range(round(notes * _PAPERS))], chance)
    data = _Names([f"{_method(7 * number)}Eval" for number in range(max(5, round(notes * _DATASETS)))], chance)
    for number in range(notes):
        path = folder / f"{number // 100:03}" / f"{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        size = round(1000 * kilobytes * chance.lognormvariate(-0.18, 0.6))
        path.write_text("\n".join(_note(size, chance, methods, papers, data)), encoding="utf-8")


def _method(number: int) -> str:
    base = f"{_FIRST[number % len(_FIRST)]}{_FIRST[number // 17 % len(_FIRST)].lower()}"
    again = number // 17 // 17 // len(_LAST)
    return f"{base}{_LAST[number // 289 % len(_LAST)]}{again or ''}"


def _note(size: int, chance: random.Random, methods: _Names, papers: _Names, data: _Names) -> Iterator[str]:
    yield f"# {chance.choice(_TOPICS)}\n"
    written = 0
    while written < size:
        (paper,), (own,) = papers.draw(), methods.draw()
        lines = [f"## [{_title(int(paper))}](https://arxiv.org/abs/{2000 + int(paper) % 600}.{10000 + int(paper)})\n"]
        lines.append(f"> **Institution:** {chance.choice(_INSTITUTIONS)}\n")
        lines.append(f"- It proposes {own}.")
        for _ in range(chance.randint(2, 6)):
            a, b, c = own if chance.random() < 0.6 else methods.draw()[0], *methods.draw(2)
            lines.append("- " + chance.choice(_SENTENCES).format(a=a, b=b, c=c, data=data.draw()[0]))
            lines.append("  " + " ".join(_filler(chance) for _ in range(chance.randint(2, 6))))
        text = "\n".join((*lines, ""))
        written += len(text.encode())
        yield text


def _title(number: int) -> str:
    chance = random.Random(number)  # noqa: S311  nothing secret
    words = " ".join(chance.choice(_WORDS).capitalize() for _ in range(6))
    return f"{_method(3 * number)}: {words} {number}"


def _filler(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return "".join(chance.choices(_CHINESE, k=40)) + "。"
    return " ".join(chance.choices(_WORDS, k=18)).capitalize() + "."


def main() -> None:
    """Write the notes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=4_000)
    parser.add_argument("--kilobytes", type=float, default=7.5)
    arguments = parser.parse_args()
    write_notes(arguments.folder, arguments.notes, arguments.kilobytes)


if __name__ == "__main__":
    main()
