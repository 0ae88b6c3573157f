"""Notes that name the same few things in many ways, and edits of them, as chance has it."""

from __future__ import annotations

import random
from pathlib import Path

_NAMES = (
    *("Zorb", "Zorbs", "GraphZorb", "ZorbNet", "Flim", "FlimBench", "Quarx", "Quarx 2", "Quarxes", "Blip-X"),
    *("注意力缓存", "H2O", "SnapKV", "LoRA", "QLoRA", "Transformer"),
)
_IDS = tuple(f"2401.1{number:04}" for number in range(6))
_TITLES = (
    "ZorbNet: Efficient Inference of Very Large Language Models at Scale",
    "Efficient Inference of Very Large Language Models at Scale",
    "Flim: A Benchmark for Long Context",
    "Quarx and the Cache of Attention in Transformers",
    "Blip-X: Bits for Everyone in the World Today",
)
_LINES = (
    *("- {a} improves on {b}.", "- {a} outperforms {b} on FlimBench.", "- {a} does not outperform {b}."),
    *(
        "- {a} extends {b} and uses LoRA.",
        "- {a} 优于 {b}。",
        "- {a}（{b}）是一种方法。",
        "We use {a} ({short}) and {b}.",
    ),
    "- [{title}](https://arxiv.org/abs/{id}): proposes {a}, which builds on {b}.",
    "- [{title}](https://doi.org/10.1145/{id}) introduces {a}.",
    "- [{title}](https://arxiv.org/abs/{id}) ([review](https://openreview.net/forum?id=abcdEFGH{digit}2))",
    *("- **{title}**: {a} outperforms {b}.", "## {title}", "## {a}", "{a} dataset: evaluated on the {b} dataset."),
    *("- Institution: {place}", "https://arxiv.org/abs/{id}v2", ""),
)


def make_note(chance: random.Random) -> str:
    """Return the text of a note."""
    heading = chance.choice((*_TITLES, *_NAMES))
    return "\n".join((f"# {heading}", "", *(_line(chance) for _ in range(chance.randint(2, 12))), ""))


def _line(chance: random.Random) -> str:
    a, b = chance.sample(_NAMES, 2)
    return chance.choice(_LINES).format(
        a=a,
        b=b,
        id=chance.choice(_IDS),
        title=chance.choice(_TITLES),
        short=chance.choice(("ZB", "FB", "QX")),
        place=chance.choice(("MIT", "Tsinghua University", "清华大学")),
        digit=chance.randint(0, 3),
    )


def edit(folder: Path, chance: random.Random) -> str:
    """Change, add, rename, empty or delete a note in a folder, and return what was done."""
    path = chance.choice(sorted(folder.glob("*.md")))
    done = chance.choice(("rewrite", "line above", "line", "line", "cut", "add", "rename", "delete", "empty"))
    lines = path.read_text(encoding="utf-8").split("\n")
    place = chance.randrange(len(lines))
    if done in {"rewrite", "add"}:
        path = folder / f"added-{chance.randint(0, 99)}.md" if done == "add" else path
        path.write_text(make_note(chance), encoding="utf-8")
    elif done == "rename":
        path.rename(folder / f"renamed-{chance.randint(0, 99)}.md")
    elif done == "delete" and len(list(folder.glob("*.md"))) > 4:
        path.unlink()
    elif done == "empty":
        path.write_bytes(b"")
    elif done == "cut":
        path.write_text("\n".join((*lines[:place], *lines[place + 1 :])), encoding="utf-8")
    elif done.startswith("line"):
        at, new = (0, ["", "Some words."]) if done == "line above" else (place, [_line(chance)])
        path.write_text("\n".join((*lines[:at], *new, *lines[at:])), encoding="utf-8")
    return f"{done} {path.name}"
